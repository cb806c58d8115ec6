-- States are words, so that psql at 3 in the morning needs no key. Every state that is searched has a partial index, and
-- the statements name the state as a literal: a bind parameter would lose the index once the plan is generic.

CREATE TABLE job (
  id                uuid PRIMARY KEY,
  name              text,
  profile           text        NOT NULL,
  mode              text        NOT NULL CHECK (mode IN ('enhance', 'store')),
  provider          text        NOT NULL CHECK (provider IN ('groq', 'simulated')),
  state             text        NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'completed', 'cancelled', 'expired')),
  outcome           text        CHECK (outcome IN ('succeeded', 'partial', 'failed')),
  options           text        NOT NULL,
  total             integer     NOT NULL,
  succeeded         integer     NOT NULL DEFAULT 0,
  failed            integer     NOT NULL DEFAULT 0,
  reused            integer     NOT NULL DEFAULT 0,
  cancelled         integer     NOT NULL DEFAULT 0,
  prompt_tokens     bigint      NOT NULL DEFAULT 0,
  completion_tokens bigint      NOT NULL DEFAULT 0,
  cached_tokens     bigint      NOT NULL DEFAULT 0,
  version           bigint      NOT NULL DEFAULT 0,
  claim_floor       integer     NOT NULL DEFAULT 0,
  idempotency_key   text        UNIQUE,
  body_hash         bytea,
  deadline          timestamptz,
  created_at        timestamptz NOT NULL,
  started_at        timestamptz,
  finished_at       timestamptz,
  CHECK (succeeded + failed + cancelled <= total),
  CHECK ((state IN ('completed', 'cancelled', 'expired')) = (finished_at IS NOT NULL))
) WITH (fillfactor = 50); -- room on the page, so that a counter update stays heap-only
CREATE INDEX job_active ON job (created_at, id) WHERE state IN ('queued', 'running');

CREATE TABLE job_file (
  job_id    uuid    NOT NULL REFERENCES job ON DELETE CASCADE,
  ordinal   integer NOT NULL,
  name      text    NOT NULL,
  state     text    NOT NULL CHECK (state IN ('accepted', 'rejected')),
  error     text,
  total     integer NOT NULL DEFAULT 0,
  succeeded integer NOT NULL DEFAULT 0,
  failed    integer NOT NULL DEFAULT 0,
  reused    integer NOT NULL DEFAULT 0,
  cancelled integer NOT NULL DEFAULT 0,
  PRIMARY KEY (job_id, ordinal),
  UNIQUE (job_id, name),
  CHECK ((state = 'rejected') = (error IS NOT NULL))
);

CREATE TABLE job_model (
  job_id            uuid    NOT NULL REFERENCES job ON DELETE CASCADE,
  model             text    NOT NULL,
  calls             integer NOT NULL DEFAULT 0,
  succeeded         integer NOT NULL DEFAULT 0,
  refused           integer NOT NULL DEFAULT 0,
  prompt_tokens     bigint  NOT NULL DEFAULT 0,
  completion_tokens bigint  NOT NULL DEFAULT 0,
  cached_tokens     bigint  NOT NULL DEFAULT 0,
  PRIMARY KEY (job_id, model)
);

CREATE TABLE item (
  id           bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_id       uuid     NOT NULL REFERENCES job ON DELETE CASCADE,
  file_ordinal integer,
  seq          integer  NOT NULL,
  state        text     NOT NULL CHECK (state IN ('ready', 'running', 'waiting', 'succeeded', 'failed', 'cancelled')),
  attempt      smallint NOT NULL DEFAULT 0,
  fence        integer  NOT NULL DEFAULT 0,
  due_at       timestamptz,
  wait_reason  text     CHECK (wait_reason IN ('quota', 'backoff', 'reask', 'in_flight_elsewhere', 'outage')),
  worker_id    uuid,
  fingerprint  bytea,
  record_key   text,
  model        text,
  error_code   text,
  reused       boolean  NOT NULL DEFAULT false,
  UNIQUE (job_id, seq),
  CHECK ((state = 'waiting') = (due_at IS NOT NULL AND wait_reason IS NOT NULL)),
  CHECK ((state = 'running') = (worker_id IS NOT NULL))
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX item_ready ON item (job_id, seq) WHERE state = 'ready';
CREATE INDEX item_running ON item (worker_id) WHERE state = 'running';
CREATE INDEX item_waiting ON item (due_at) WHERE state = 'waiting';
CREATE INDEX item_waiting_of_job ON item (job_id, due_at) WHERE state = 'waiting';
CREATE INDEX item_following ON item (fingerprint) WHERE state = 'waiting' AND wait_reason = 'in_flight_elsewhere';
CREATE INDEX item_failed ON item (job_id, seq) WHERE state = 'failed';

CREATE TABLE item_payload (
  item_id bigint PRIMARY KEY REFERENCES item ON DELETE CASCADE,
  record  text   NOT NULL -- the record's own characters
);

CREATE TABLE item_result (
  item_id bigint  PRIMARY KEY REFERENCES item ON DELETE CASCADE,
  fence   integer NOT NULL,
  record  text    NOT NULL
);

CREATE TABLE item_failure (
  item_id bigint PRIMARY KEY REFERENCES item ON DELETE CASCADE,
  errors  text[] NOT NULL
);

-- Which item works on a fingerprint just now; the others of the same content wait for it.
CREATE TABLE flight (
  fingerprint bytea  PRIMARY KEY,
  item_id     bigint NOT NULL REFERENCES item ON DELETE CASCADE
);
CREATE INDEX flight_item ON flight (item_id);

-- The ledger: every HTTP call to the provider, and what it meant for each record in it.
CREATE TABLE provider_call (
  id                uuid        PRIMARY KEY,
  model             text        NOT NULL,
  outcome           text        NOT NULL,
  http_status       smallint    NOT NULL,
  prompt_tokens     integer     NOT NULL DEFAULT 0,
  completion_tokens integer     NOT NULL DEFAULT 0,
  cached_tokens     integer     NOT NULL DEFAULT 0,
  latency_ms        integer     NOT NULL,
  request_id        text,
  message           text,
  raw_answer        text,
  at                timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE attempt (
  id      bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  item_id bigint  NOT NULL REFERENCES item ON DELETE CASCADE,
  fence   integer NOT NULL,
  call_id uuid    NOT NULL REFERENCES provider_call ON DELETE CASCADE,
  outcome text    NOT NULL CHECK (outcome IN ('answered', 'accepted', 'refused', 'unanswered')),
  errors  text[]
);
CREATE INDEX attempt_item ON attempt (item_id, id);
CREATE INDEX attempt_call ON attempt (call_id);

-- Tracking: what was decided before, by content.
CREATE TABLE enhancement (
  profile     text        NOT NULL,
  fingerprint bytea       NOT NULL,
  record_key  text,
  state       text        NOT NULL CHECK (state IN ('processed', 'failed')),
  result      text,
  error_code  text,
  errors      text[],
  model       text,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (profile, fingerprint),
  CHECK ((state = 'processed') = (result IS NOT NULL))
);
CREATE INDEX enhancement_key ON enhancement (profile, record_key);

CREATE TABLE model_state (
  model             text    PRIMARY KEY,
  paused_until      timestamptz,
  pause_reason      text,
  consecutive_429   integer NOT NULL DEFAULT 0,
  decommissioned_at timestamptz,
  gone_reason       text
);

-- One row a model, all four buckets in it, so that one statement can reserve or refuse. Null limit: none known.
CREATE TABLE model_quota (
  model       text PRIMARY KEY,
  rpm_limit   double precision, rpm_level double precision, rpm_learned text,
  rpd_limit   double precision, rpd_level double precision, rpd_learned text,
  tpm_limit   double precision, tpm_level double precision, tpm_learned text,
  tpd_limit   double precision, tpd_level double precision, tpd_learned text,
  refilled_at timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE worker (
  id           uuid        PRIMARY KEY,
  node         text        NOT NULL,
  started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  heartbeat_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);
