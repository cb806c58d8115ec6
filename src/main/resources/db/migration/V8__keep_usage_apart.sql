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

-- Each record has its attempt written and judged once a call, so this is the busiest table there is. Its rows are found by
-- their item, those without a verdict too; an index less lets a verdict stay on the row's page.
DROP INDEX attempt_unjudged;
DROP INDEX attempt_item;
-- An attempt is written with its call, and a result with the state of its item, each in one statement that takes the other's
-- id from the row itself: to look each up once more, and lock it, costs a twentieth of all that a call costs. Whoever deletes
-- items deletes these first.
ALTER TABLE attempt DROP CONSTRAINT attempt_pkey, DROP CONSTRAINT attempt_item_id_fkey, DROP CONSTRAINT attempt_call_id_fkey;
ALTER TABLE item_result DROP CONSTRAINT item_result_item_id_fkey;
ALTER TABLE attempt ADD PRIMARY KEY (item_id, id);
ALTER TABLE attempt SET (fillfactor = 70);

-- Found by what is waited for alone, lest the index of all that waits be read instead (see io.burnish.queue).
DROP INDEX item_following;
CREATE INDEX item_following ON item (fingerprint) WHERE wait_reason = 'in_flight_elsewhere';
