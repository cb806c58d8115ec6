-- A content is decided once, and its row names the key of the record that it was decided for. Other records of the same
-- content are settled by that answer: their keys are here, so that each key that was settled can be looked up.
CREATE TABLE settled_key (
  profile     text        NOT NULL,
  fingerprint bytea       NOT NULL,
  record_key  text        NOT NULL,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  FOREIGN KEY (profile, fingerprint) REFERENCES enhancement (profile, fingerprint) ON DELETE CASCADE
);
-- A B-tree entry must be shorter than a third of a page, and a key is as long as its owner likes.
CREATE UNIQUE INDEX settled_key_once ON settled_key (profile, fingerprint, md5(record_key));
CREATE INDEX settled_key_by_key ON settled_key (left(record_key, 200), profile);
