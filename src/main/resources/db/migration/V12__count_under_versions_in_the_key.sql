-- What is counted with every call is kept under a version that is part of the key, and each change raises it. An update
-- leaves a dead row behind, which stays as long as any session holds an older snapshot (pg_dump, analytics), and under one
-- key all of them are walked over by everybody who looks for the living one. Under a key that grows, the living row is the
-- last of its index, and is found without them: ORDER BY version DESC LIMIT 1. There is one living row of each job, file
-- and model, or none while nothing is counted. These tables have no other index, so that nothing else grows.
CREATE TABLE job_progress (
  job_id    uuid    NOT NULL REFERENCES job ON DELETE CASCADE,
  version   bigint  NOT NULL,
  succeeded integer NOT NULL,
  failed    integer NOT NULL,
  reused    integer NOT NULL,
  PRIMARY KEY (job_id, version),
  CHECK (reused <= succeeded)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
INSERT INTO job_progress (job_id, version, succeeded, failed, reused)
SELECT id, 1, succeeded, failed, reused FROM job WHERE succeeded + failed > 0;

CREATE TABLE job_file_progress (
  job_id    uuid    NOT NULL REFERENCES job ON DELETE CASCADE,
  ordinal   integer NOT NULL,
  version   bigint  NOT NULL,
  succeeded integer NOT NULL,
  failed    integer NOT NULL,
  reused    integer NOT NULL,
  PRIMARY KEY (job_id, ordinal, version),
  CHECK (reused <= succeeded)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
INSERT INTO job_file_progress (job_id, ordinal, version, succeeded, failed, reused)
SELECT job_id, ordinal, 1, succeeded, failed, reused FROM job_file WHERE succeeded + failed > 0;

-- What is left in the rows of jobs and files changes when a job starts, is controlled, and ends.
ALTER TABLE job DROP COLUMN succeeded, DROP COLUMN failed, DROP COLUMN reused, ADD CHECK (cancelled <= total);
ALTER TABLE job_file DROP COLUMN succeeded, DROP COLUMN failed, DROP COLUMN reused;

ALTER TABLE job_model ADD COLUMN version bigint NOT NULL DEFAULT 1, DROP CONSTRAINT job_model_pkey;
ALTER TABLE job_model ADD PRIMARY KEY (job_id, model, version), ALTER COLUMN version DROP DEFAULT,
  SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE job_usage ADD COLUMN version bigint NOT NULL DEFAULT 1, DROP CONSTRAINT job_usage_pkey;
ALTER TABLE job_usage ADD PRIMARY KEY (job_id, model, version), ALTER COLUMN version DROP DEFAULT, RESET (fillfactor),
  SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);

-- Each job as it is now. Its version grows with every change that a reader can see.
CREATE VIEW job_counts AS
SELECT j.id AS job_id, j.version + COALESCE(p.version, 0) AS version, COALESCE(p.succeeded, 0) AS succeeded,
       COALESCE(p.failed, 0) AS failed, COALESCE(p.reused, 0) AS reused
FROM job j LEFT JOIN LATERAL (
  SELECT * FROM job_progress WHERE job_id = j.id ORDER BY job_id DESC, version DESC LIMIT 1) p ON true;

CREATE VIEW job_file_counts AS
SELECT f.job_id, f.ordinal, COALESCE(p.succeeded, 0) AS succeeded, COALESCE(p.failed, 0) AS failed,
       COALESCE(p.reused, 0) AS reused
FROM job_file f LEFT JOIN LATERAL (
  SELECT * FROM job_file_progress WHERE job_id = f.job_id AND ordinal = f.ordinal
  ORDER BY job_id DESC, ordinal DESC, version DESC LIMIT 1) p ON true;
