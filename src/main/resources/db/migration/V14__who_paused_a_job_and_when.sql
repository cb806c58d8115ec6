-- Who paused a job: the name of the key or of the token, as in the audit. Null when the service did, and in rows that
-- the version before paused; that version does not clear it.
ALTER TABLE job
  ADD COLUMN paused_by text,
  ADD COLUMN paused_at timestamptz;
