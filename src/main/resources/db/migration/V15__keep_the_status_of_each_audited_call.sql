-- The result of audited calls, and the end of old rows. Compatible with the version before: that version leaves the column null,
-- and removes nothing.

ALTER TABLE audit ADD COLUMN status integer; -- of the response, written once it was sent; null: not sent, or not stored

-- For retention.
CREATE INDEX audit_at ON audit (at);
