-- Budgets of jobs. Compatible with the version before: all columns are null. A replica of that version ignores budgets.

ALTER TABLE job
  ADD COLUMN max_tokens bigint         CHECK (max_tokens > 0), -- prompt and completion tokens of its calls; null: no limit
  ADD COLUMN max_cost   numeric(18, 6) CHECK (max_cost > 0);   -- US$ at the prices of the replica that calls; null: no limit

-- The most that a running item of such a job may still add to what the ledger has. It counts while the item is running under
-- reserved_fence: an outcome or a rescue frees it, without a statement of its own.
ALTER TABLE item
  ADD COLUMN reserved_fence  integer, -- the claim that reserved; null: none did
  ADD COLUMN reserved_tokens bigint,
  ADD COLUMN reserved_cost   numeric(18, 6);

CREATE INDEX item_reserved ON item (job_id) WHERE state = 'running' AND reserved_fence IS NOT NULL;
