-- What files cost. Compatible with the version before: calls that it records add nothing here.

-- Tokens of a model for the records of a file, as job_usage has them for a job; see there about the version. A call that is
-- shared counts for each file by its records.
CREATE TABLE job_file_usage (
  job_id            uuid    NOT NULL REFERENCES job ON DELETE CASCADE,
  ordinal           integer NOT NULL,
  model             text    NOT NULL,
  prompt_tokens     bigint  NOT NULL,
  completion_tokens bigint  NOT NULL,
  cached_tokens     bigint  NOT NULL,
  version           bigint  NOT NULL,
  PRIMARY KEY (job_id, ordinal, model, version)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
