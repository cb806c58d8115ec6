-- Limits of keys, directories of keys, and secrets of callbacks. Compatible with the version before: new columns may be null, and
-- that version applies no limits.

ALTER TABLE access_key
  ADD COLUMN max_open_jobs           integer CHECK (max_open_jobs > 0),           -- jobs that are not finished; null: no limit
  ADD COLUMN max_records             integer CHECK (max_records > 0),             -- of a job
  ADD COLUMN max_body_bytes          bigint  CHECK (max_body_bytes > 0),          -- of a posted job, after decompression
  ADD COLUMN max_cost_per_day        numeric CHECK (max_cost_per_day > 0),        -- US$ in a UTC day
  ADD COLUMN max_requests_per_second integer CHECK (max_requests_per_second > 0), -- per replica
  ADD COLUMN directories             text[]  NOT NULL DEFAULT '{}';               -- paths below the data directory that dataDir may name

-- What the jobs that a key posted on a day may cost. Inserted with the job, for keys with a limit; deleted two days later by the
-- next job of the key. A job that is open, or was deleted, counts with at_most; a finished one with what it cost.
CREATE TABLE access_key_cost (
  key_id  uuid    NOT NULL REFERENCES access_key ON DELETE CASCADE,
  day     date    NOT NULL, -- in UTC, by the clock of the database
  job_id  uuid    NOT NULL, -- no foreign key: the row outlives the job
  at_most numeric NOT NULL, -- max_cost of the job, in US$
  PRIMARY KEY (key_id, day, job_id)
);
CREATE INDEX access_key_cost_job ON access_key_cost (job_id);

-- Secrets that sign the callbacks of an owner, in plain text: a signature needs them. The newest is the present one; an older
-- one signs too until valid_until.
CREATE TABLE callback_secret (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner       text        NOT NULL,
  secret      text        NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by  text        NOT NULL, -- name of the caller
  valid_until timestamptz           -- null: the present one
);
CREATE UNIQUE INDEX callback_secret_present ON callback_secret (owner) WHERE valid_until IS NULL;
CREATE INDEX callback_secret_owner ON callback_secret (owner, id);
