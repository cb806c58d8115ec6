-- A call may carry several records, each under a number of its own; what came back is kept with that number, so that an
-- answer that was paid for can be judged after a crash without a second call.
ALTER TABLE attempt ADD COLUMN ref integer NOT NULL DEFAULT 1;
CREATE INDEX attempt_unjudged ON attempt (item_id) WHERE outcome = 'answered';

-- Set once company did a record no good (its call was cut off, or too large): from then on it is asked about alone.
ALTER TABLE item ADD COLUMN alone boolean NOT NULL DEFAULT false;
