-- How long the item's record is, so that a claim can be bounded by bytes without reading what it can't take. Null for items
-- of versions before: their length is read where the record lies (octet_length does not unpack it), so that nothing has to
-- be filled in here, however many items there are.
ALTER TABLE item ADD COLUMN record_bytes integer;
