-- The most records that an item may share a call with, itself included; null: no bound of its own. A pack that fails as a
-- whole is halved, until the record that causes it is alone. It replaces "alone", which is a bound of 1.
ALTER TABLE item ADD COLUMN max_pack integer CHECK (max_pack > 0);
UPDATE item SET max_pack = 1 WHERE alone;
ALTER TABLE item DROP COLUMN alone;

-- How often the service itself failed while it worked on the item; bounded by burnish.worker.max-internal-errors.
ALTER TABLE item ADD COLUMN internal_errors smallint NOT NULL DEFAULT 0;

-- What a refused answer said of the record, so that an answer that comes again is recognized. Null: the answer held nothing
-- about the record.
ALTER TABLE attempt ADD COLUMN answer text;
