-- Sessions of the page. Compatible with the version before, which does not read the table.

CREATE TABLE access_session (
  sha256        bytea       PRIMARY KEY CHECK (length(sha256) = 32), -- of the id, which only the browser has
  secret_sha256 bytea       REFERENCES access_key_secret ON DELETE CASCADE, -- the key that opened it; null: BURNISH_ADMIN_KEY
  admin_proof   bytea, -- HMAC-SHA256 of BURNISH_ADMIN_KEY with the id as its key; null: a stored key opened it
  ends_at       timestamptz NOT NULL,
  CHECK ((secret_sha256 IS NULL) <> (admin_proof IS NULL))
);
CREATE INDEX access_session_end ON access_session (ends_at);
CREATE INDEX access_session_secret ON access_session (secret_sha256) WHERE secret_sha256 IS NOT NULL;
