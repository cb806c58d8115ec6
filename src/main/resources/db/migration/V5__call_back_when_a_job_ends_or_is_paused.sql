-- Callbacks: an outbox that the transaction of the change fills. Compatible with the version before: all columns are null.

ALTER TABLE job ADD COLUMN callback_url text; -- null: no callbacks

-- One event to be delivered. Inserted by the trigger; deleted with its job.
CREATE TABLE job_callback (
  id           uuid        PRIMARY KEY DEFAULT gen_random_uuid(), -- webhook-id: the same at each try
  job_id       uuid        NOT NULL REFERENCES job ON DELETE CASCADE,
  event        text        NOT NULL CHECK (event IN ('job.completed', 'job.paused', 'job.expired', 'job.cancelled')),
  body         text        NOT NULL, -- the JSON that is sent; no record is in it
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at       timestamptz NOT NULL DEFAULT clock_timestamp(), -- of the next try; a try in progress has moved it
  tries        integer     NOT NULL DEFAULT 0,
  delivered_at timestamptz,
  given_up_at  timestamptz
);
CREATE INDEX job_callback_due ON job_callback (due_at) WHERE delivered_at IS NULL AND given_up_at IS NULL;
CREATE INDEX job_callback_job ON job_callback (job_id, created_at);

CREATE TABLE job_callback_try (
  callback_id uuid        NOT NULL REFERENCES job_callback ON DELETE CASCADE,
  number      integer     NOT NULL,
  tried_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  status      integer,    -- of the response; null: none came
  error       text,       -- why none came, or why the response is no success; null: delivered
  PRIMARY KEY (callback_id, number)
);

-- A trigger, so that no statement that changes the state of a job can forget the callback. An AFTER trigger sees the counters
-- that the same statement has changed. Jobs without a callback do not run it.
CREATE FUNCTION add_job_callback() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO job_callback (job_id, event, body)
  SELECT NEW.id, 'job.' || NEW.state,
         json_build_object(
           'type', 'job.' || NEW.state,
           'timestamp', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'data', json_build_object(
             'id', NEW.id, 'name', NEW.name, 'state', NEW.state, 'outcome', NEW.outcome, 'metadata', NEW.metadata::json,
             'counts', json_build_object('total', NEW.total, 'succeeded', c.succeeded, 'failed', c.failed,
                                         'reused', c.reused, 'cancelled', NEW.cancelled)))::text
  FROM job_counts c WHERE c.job_id = NEW.id;
  RETURN NULL;
END
$$;

CREATE TRIGGER job_callback AFTER UPDATE OF state ON job FOR EACH ROW
  WHEN (NEW.callback_url IS NOT NULL AND OLD.state IS DISTINCT FROM NEW.state
        AND NEW.state IN ('completed', 'paused', 'expired', 'cancelled'))
  EXECUTE FUNCTION add_job_callback();
