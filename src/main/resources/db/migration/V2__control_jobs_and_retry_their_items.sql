-- Cancel, expire, pause and retry of jobs. Compatible with V1: all columns are null or have a default.

-- A job that is to end before its items are decided. From then on no item is claimed; ready and waiting items are cancelled in
-- chunks, running ones end as they end. The job ends in this state when the last item has.
ALTER TABLE job
  ADD COLUMN end_requested    text CHECK (end_requested IN ('cancelled', 'expired')),
  ADD COLUMN end_requested_at timestamptz,
  ADD COLUMN pause_reason     text CHECK (pause_reason IN ('owner', 'budget')), -- why it is paused, or was last
  ADD COLUMN retries          integer NOT NULL DEFAULT 0, -- times its failed items were made ready again
  ADD COLUMN filtered         integer NOT NULL DEFAULT 0, -- posted records that the filter of the job left out
  ADD COLUMN metadata         text,                       -- JSON object of texts, the owner's; null: none
  ADD CHECK ((end_requested IS NULL) = (end_requested_at IS NULL));

CREATE INDEX job_deadline ON job (deadline) WHERE deadline IS NOT NULL AND finished_at IS NULL;
CREATE INDEX job_ending ON job (end_requested_at) WHERE end_requested IS NOT NULL AND finished_at IS NULL;
CREATE INDEX job_paused ON job (id) WHERE state = 'paused';

-- A retry makes an item ready as if it was never asked: its attempts up to retry_fence stay in the ledger, and are not counted.
ALTER TABLE item
  ADD COLUMN retry       smallint NOT NULL DEFAULT 0, -- job_retry.number of the item's last retry; 0: none
  ADD COLUMN retry_fence integer  NOT NULL DEFAULT 0; -- the item's fence at that time

-- A retry of a job's failed items. Rules that are off for its items, beside those of the job's options.
CREATE TABLE job_retry (
  job_id     uuid        NOT NULL REFERENCES job ON DELETE CASCADE,
  number     integer     NOT NULL CHECK (number > 0),
  rules_off  text[]      NOT NULL,
  retried_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (job_id, number)
);
