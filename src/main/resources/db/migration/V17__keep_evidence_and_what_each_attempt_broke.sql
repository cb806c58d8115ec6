-- Where in its own text the answer of a result stands, as JSON. Null: none is kept, as with results of versions before and
-- records that came enhanced.
ALTER TABLE item_result ADD COLUMN evidence text;

-- Code and evidence of each of an attempt's errors, in their order, as a JSON list. Null: none, or a version before.
ALTER TABLE attempt ADD COLUMN violations text;

-- Under which reading of texts a content failed (Profile.proofVersion); under another one it is asked about again. Null: it
-- was processed, or failed under a version before.
ALTER TABLE enhancement ADD COLUMN proof_version text;
