-- Jobs on data directories. Compatible with the version before: a new table, and a column with a default. A replica of that version
-- may claim items of a held job early; what is written back, and in which order, stays the same.

-- No item of the job is claimed: a job on the same directory, or on one above or below, goes first. Set at intake and by a retry,
-- cleared once by the job maintenance of any replica.
ALTER TABLE job ADD COLUMN held boolean NOT NULL DEFAULT false;
CREATE INDEX job_held ON job (id) WHERE held;

CREATE SEQUENCE job_directory_turn;

-- The directory of a job that was posted with dataDir, and the write-back of its results. Inserted with the job. The lease of a
-- write-back is (fence, due_at): the replica that raised the fence writes until due_at, and prolongs it meanwhile.
CREATE TABLE job_directory (
  job_id     uuid        PRIMARY KEY REFERENCES job ON DELETE CASCADE,
  path       text        NOT NULL CHECK (path LIKE '/%' AND path LIKE '%/'), -- below the root, e.g. /sub/dir/; the root is /
  turn       bigint      NOT NULL DEFAULT nextval('job_directory_turn'), -- jobs on overlapping directories go in this order
  fence      integer     NOT NULL DEFAULT 0, -- raised by each try and each retry of the job; a result under another fence is dropped
  tries      integer     NOT NULL DEFAULT 0, -- since the job ended
  due_at     timestamptz NOT NULL DEFAULT clock_timestamp(), -- of the next try; a try in progress has moved it
  tried_by   uuid,                            -- the replica of the last try; null: none
  error      text,                            -- why the last try failed; null: it did not
  written    integer[]   NOT NULL DEFAULT '{}', -- ordinals of the files that are written; a failed try leaves the others
  written_at timestamptz                      -- all files are written; null: not yet
);
CREATE INDEX job_directory_due ON job_directory (due_at) WHERE written_at IS NULL;
