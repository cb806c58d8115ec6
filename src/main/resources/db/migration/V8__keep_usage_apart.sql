-- What a job's calls cost, apart from what became of its records: the first is written when a call is kept, the second when
-- its answer is judged, and on one row each would wait for the other, twice a call.
CREATE TABLE job_usage (
  job_id            uuid    NOT NULL REFERENCES job ON DELETE CASCADE,
  model             text    NOT NULL,
  calls             integer NOT NULL,
  prompt_tokens     bigint  NOT NULL,
  completion_tokens bigint  NOT NULL,
  cached_tokens     bigint  NOT NULL,
  PRIMARY KEY (job_id, model)
) WITH (fillfactor = 50);
INSERT INTO job_usage SELECT job_id, model, calls, prompt_tokens, completion_tokens, cached_tokens FROM job_model;

ALTER TABLE job_model DROP COLUMN calls, DROP COLUMN prompt_tokens, DROP COLUMN completion_tokens, DROP COLUMN cached_tokens;
ALTER TABLE job DROP COLUMN prompt_tokens, DROP COLUMN completion_tokens, DROP COLUMN cached_tokens;
