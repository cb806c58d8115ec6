-- What is fetched is found without walking over what is still to do.
CREATE INDEX item_succeeded ON item (job_id, seq) WHERE state = 'succeeded';

-- Set when retention chooses a job: nobody sees it from then on, and its rows go in chunks, the job's own the last. So a
-- half-deleted job can't be taken for a whole one, and whoever is killed in the middle leaves the rest to be found.
ALTER TABLE job ADD COLUMN removed_at timestamptz;
CREATE INDEX job_removed ON job (removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL AND removed_at IS NULL;

-- Raw answers that are still kept, the oldest first.
CREATE INDEX provider_call_raw ON provider_call (at) WHERE raw_answer IS NOT NULL;
