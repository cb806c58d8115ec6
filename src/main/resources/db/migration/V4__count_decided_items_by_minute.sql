-- The history of what was decided. Compatible with the version before: completions that it writes are missing here.

-- Decided items of a job in a minute, by the model that was called last. Written in the completion statement, under the lock on
-- the job's row; see V1, job_progress, about the version. Each job has rows of its own, so that completions of different jobs
-- never wait for each other; readers add them up. No foreign key: the history of all jobs outlives a removed one. Retention
-- deletes rows after eight days. Items that are decided at intake, or cancelled, are not counted.
CREATE TABLE job_minute (
  minute    timestamptz NOT NULL, -- its start
  job_id    uuid        NOT NULL,
  model     text        NOT NULL, -- empty: decided without a call
  version   bigint      NOT NULL,
  succeeded integer     NOT NULL,
  reused    integer     NOT NULL, -- part of succeeded
  failed    integer     NOT NULL,
  -- By minute first: a reader wants the last minutes of all jobs, and those of one job are few among them.
  PRIMARY KEY (minute, job_id, model, version),
  CHECK (reused <= succeeded)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
