-- Below which seq nothing of a job is ready: a claim starts there, and never walks over what was consumed before it,
-- even while a long snapshot keeps the dead entries in the index. In a table of its own, for whoever returns an item to
-- the ready ones must lock its row, and the job's row is busy with counters.
CREATE TABLE claim_floor (
  job_id uuid    PRIMARY KEY REFERENCES job ON DELETE CASCADE,
  seq    integer NOT NULL
) WITH (fillfactor = 50);
ALTER TABLE job DROP COLUMN claim_floor;

-- With the process id, a worker that starts again knows which of its node's former lives are over.
ALTER TABLE worker ADD COLUMN pid bigint NOT NULL DEFAULT 0;
