-- The header traceparent of the request that posted a job. Compatible with the version before, which leaves it null.
ALTER TABLE job ADD COLUMN traceparent text; -- W3C Trace Context; null: the request had none
