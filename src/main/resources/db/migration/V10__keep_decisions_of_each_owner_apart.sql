-- Owners of tracking. Compatible with the version before: each new column has a default, and the tables of imported state files
-- stay as they are for the owner "default". That version writes decisions for the owner "default", so keep to one owner until
-- its last replica has ended.

-- Whose decisions the job uses and adds to; set at intake. Rows of before have fingerprints without an owner.
ALTER TABLE job ADD COLUMN tracking_owner text NOT NULL DEFAULT 'default';

-- Whose decision it is. The owner is part of the fingerprint (io.burnish.tracking.TrackingScope), so the primary key stays.
ALTER TABLE enhancement ADD COLUMN owner text NOT NULL DEFAULT 'default';

-- Two owners may have many records under the same keys, so the owner comes right after the key.
CREATE INDEX enhancement_by_key_of_owner ON enhancement (left(record_key, 200), owner, profile, provider);
DROP INDEX enhancement_by_key;

-- Keys that imported state files list, of owners other than "default": theirs are in imported_key, where the version before
-- imports. A later version may join the two.
CREATE TABLE imported_key_of_owner (
  owner       text        NOT NULL CHECK (owner <> 'default'),
  provider    text        NOT NULL CHECK (provider IN ('groq', 'simulated')),
  profile     text        NOT NULL,
  record_key  text        NOT NULL CHECK (length(record_key) <= 500),
  state       text        NOT NULL CHECK (state IN ('processed', 'failed')),
  imported_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (owner, provider, profile, record_key)
);

CREATE VIEW imported_keys AS
SELECT 'default' AS owner, provider, profile, record_key, state, imported_at FROM imported_key
UNION ALL
SELECT owner, provider, profile, record_key, state, imported_at FROM imported_key_of_owner;

-- Counts of 429s in imported state files, in the same way.
CREATE TABLE imported_429_count_of_owner (
  owner    text    NOT NULL CHECK (owner <> 'default'),
  provider text    NOT NULL CHECK (provider IN ('groq', 'simulated')),
  model    text    NOT NULL CHECK (length(model) <= 500),
  times    integer NOT NULL CHECK (times >= 0),
  PRIMARY KEY (owner, provider, model)
);

CREATE VIEW imported_429_counts AS
SELECT 'default' AS owner, provider, model, times FROM imported_429_count
UNION ALL
SELECT owner, provider, model, times FROM imported_429_count_of_owner;
