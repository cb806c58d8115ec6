-- Whose answers these are: what the simulated provider read must never be taken for a model's answer, nor a model's reset
-- by a trial. Until now only the fingerprint kept them apart, and a key has none.
ALTER TABLE enhancement ADD COLUMN provider text NOT NULL DEFAULT 'groq' CHECK (provider IN ('groq', 'simulated'));
UPDATE enhancement SET provider = 'simulated' WHERE model LIKE 'simulated/%';
ALTER TABLE enhancement ALTER COLUMN provider DROP DEFAULT;

-- A B-tree entry must be shorter than a third of a page, and a key is as long as its owner likes: the index knows its
-- beginning, and statements ask for both the beginning and the whole.
DROP INDEX enhancement_key;
CREATE INDEX enhancement_key ON enhancement (left(record_key, 200), profile, provider);

-- Keys that an imported state file lists. Nothing but the key is known of them: no content, no result. Jobs of
-- dedupe id do not send them. What Burnish decided itself is in enhancement, and is not repeated here.
CREATE TABLE imported_key (
  provider    text        NOT NULL CHECK (provider IN ('groq', 'simulated')),
  profile     text        NOT NULL,
  record_key  text        NOT NULL CHECK (length(record_key) <= 500),
  state       text        NOT NULL CHECK (state IN ('processed', 'failed')),
  imported_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (provider, profile, record_key)
);

-- The 429s that imported state files count, kept to be exported again and used for nothing else: the limits of today are in
-- model_quota and model_state.
CREATE TABLE imported_429_count (
  provider text    NOT NULL CHECK (provider IN ('groq', 'simulated')),
  model    text    NOT NULL CHECK (length(model) <= 500),
  times    integer NOT NULL CHECK (times >= 0),
  PRIMARY KEY (provider, model)
);

-- Items that were not sent because another record of different content has their key (dedupe id): what the job warns of.
CREATE TABLE key_collision (
  item_id bigint PRIMARY KEY REFERENCES item ON DELETE CASCADE,
  job_id  uuid   NOT NULL
);
CREATE INDEX key_collision_job ON key_collision (job_id);
