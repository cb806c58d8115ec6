-- Owners, access keys and the audit. Compatible with the version before: new columns of job have a default or are null. That
-- version does not know owners, so keep BURNISH_AUTH=none until the last replica of it has ended.

-- Rows of before, and jobs that are posted under BURNISH_AUTH=none, belong to the owner "default".
ALTER TABLE job
  ADD COLUMN owner  text NOT NULL DEFAULT 'default',
  ADD COLUMN key_id uuid; -- access_key that posted it; null: none, another way of access, or posted before

-- An Idempotency-Key is unique for each owner. The key is first, because the version before looks for it alone.
ALTER TABLE job DROP CONSTRAINT job_idempotency_key_key;
CREATE UNIQUE INDEX job_idempotency ON job (idempotency_key, owner) WHERE idempotency_key IS NOT NULL;

CREATE INDEX job_owner ON job (owner, id);
CREATE INDEX job_open_of_key ON job (key_id) WHERE key_id IS NOT NULL AND finished_at IS NULL;

-- Who may call the API. A row stays after its end, because jobs and the audit name it.
CREATE TABLE access_key (
  id           uuid        PRIMARY KEY, -- UUIDv7: newer keys have higher ids
  name         text        NOT NULL,    -- for people
  role         text        NOT NULL CHECK (role IN ('read', 'submit', 'admin')),
  owner        text        NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by   text        NOT NULL,    -- name of the caller who created it
  expires_at   timestamptz,             -- null: never
  revoked_at   timestamptz,             -- null: not revoked
  last_used_at timestamptz              -- written once a minute at most; null: never used
);

-- What a client sends. After a rotation a key has two secrets for a day.
CREATE TABLE access_key_secret (
  sha256      bytea       PRIMARY KEY CHECK (length(sha256) = 32),
  key_id      uuid        NOT NULL REFERENCES access_key ON DELETE CASCADE,
  valid_until timestamptz -- set by a rotation; null: as long as the key
);
CREATE INDEX access_key_secret_key ON access_key_secret (key_id);

-- One row for each call that may change something and was admitted; written before the call runs.
CREATE TABLE audit (
  id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  who       text        NOT NULL, -- name of the caller
  role      text        NOT NULL,
  owner     text        NOT NULL,
  key_id    uuid,                 -- null: the caller has no stored key
  operation text        NOT NULL, -- method and template of the address
  address   text        NOT NULL, -- path of the request, without its query
  source    text        NOT NULL  -- IP address of the connection
);
