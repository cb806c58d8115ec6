-- The schema of the first release. A later migration is a file of its own (V2 is the next) and is compatible with the
-- version before it: see CONTRIBUTING.md.
--
-- States, outcomes and reasons are lower-case words, so that psql shows what they mean. Each state that is searched has a
-- partial index. Statements name the state as a literal: with a bind parameter a generic plan can't use a partial index.
-- Columns named *_at and *_until are set from the database's clock.

-- A batch of records that was posted together. Inserted at intake, in one transaction with its items. The state changes when
-- the first item is claimed, when the last one is decided, and when the owner controls the job; retention deletes the row.
CREATE TABLE job (
  id              uuid        PRIMARY KEY, -- UUIDv7: newer jobs have higher ids
  name            text,                    -- as its owner calls it; null: no name
  profile         text        NOT NULL,
  mode            text        NOT NULL CHECK (mode IN ('enhance', 'store')),
  -- The provider of the replica that took the job; only replicas of the same provider work on it.
  provider        text        NOT NULL CHECK (provider IN ('groq', 'simulated')),
  state           text        NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'completed', 'cancelled', 'expired')),
  outcome         text        CHECK (outcome IN ('succeeded', 'partial', 'failed')), -- null until completed
  options         text        NOT NULL,           -- JSON of io.burnish.job.JobOptions; never changes
  total           integer     NOT NULL,           -- items, set once all are inserted
  cancelled       integer     NOT NULL DEFAULT 0, -- items that were not decided when the job was cancelled
  version         bigint      NOT NULL DEFAULT 0, -- raised by each change of this row; job_counts adds job_progress.version
  idempotency_key text        UNIQUE,             -- null: posted without a key, or removed by retention
  body_hash       bytea,                          -- SHA-256 of the request; null without a key
  deadline        timestamptz,                    -- reserved; no version sets it yet
  created_at      timestamptz NOT NULL,
  started_at      timestamptz,                    -- first claim; null: nothing was claimed yet
  finished_at     timestamptz,                    -- last item decided, or the job ended otherwise
  -- Set when retention chooses the job. No reader sees it from then on, and its rows are deleted in chunks, this row last.
  -- So a half-deleted job is never visible, and a replica that stops in the middle leaves rows that the next one finds.
  removed_at      timestamptz,
  -- Weight of the job in each claim; see io.burnish.queue.Claim.
  priority        text        NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high')),
  CHECK (cancelled <= total),
  CHECK ((state IN ('completed', 'cancelled', 'expired')) = (finished_at IS NOT NULL))
) WITH (fillfactor = 50); -- free space on the page, so that updates stay heap-only
CREATE INDEX job_active ON job (created_at, id) WHERE state IN ('queued', 'running');
CREATE INDEX job_removed ON job (removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL AND removed_at IS NULL;

-- A file of a job. Inserted at intake; only cancelled changes afterwards.
CREATE TABLE job_file (
  job_id    uuid    NOT NULL REFERENCES job ON DELETE CASCADE,
  ordinal   integer NOT NULL, -- place among the job's files, from 0
  name      text    NOT NULL,
  state     text    NOT NULL CHECK (state IN ('accepted', 'rejected')),
  error     text,             -- why the file was rejected
  total     integer NOT NULL DEFAULT 0,
  cancelled integer NOT NULL DEFAULT 0,
  PRIMARY KEY (job_id, ordinal),
  UNIQUE (job_id, name),
  CHECK ((state = 'rejected') = (error IS NOT NULL))
);

-- Counters that change with every call (job_progress, job_file_progress, job_model, job_usage). Each change raises the version,
-- which is part of the key. An update leaves a dead row, and it stays as long as any session holds an older snapshot (pg_dump,
-- analytics). Under a key that never changed, each lookup would walk over all dead rows. Under a key that grows, the live row
-- is the last of its index: ORDER BY version DESC LIMIT 1. At most one live row exists per job, file or model; none while
-- nothing is counted. These tables have no other index, so nothing else grows.

-- Decided items of a job.
CREATE TABLE job_progress (
  job_id    uuid    NOT NULL REFERENCES job ON DELETE CASCADE,
  version   bigint  NOT NULL,
  succeeded integer NOT NULL,
  failed    integer NOT NULL,
  reused    integer NOT NULL, -- part of succeeded: decided without a call
  PRIMARY KEY (job_id, version),
  CHECK (reused <= succeeded)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);

-- Decided items of a file.
CREATE TABLE job_file_progress (
  job_id    uuid    NOT NULL REFERENCES job ON DELETE CASCADE,
  ordinal   integer NOT NULL,
  version   bigint  NOT NULL,
  succeeded integer NOT NULL,
  failed    integer NOT NULL,
  reused    integer NOT NULL,
  PRIMARY KEY (job_id, ordinal, version),
  CHECK (reused <= succeeded)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);

-- Judged answers of a model in a job. Written when an answer is judged.
CREATE TABLE job_model (
  job_id    uuid    NOT NULL REFERENCES job ON DELETE CASCADE,
  model     text    NOT NULL,
  succeeded integer NOT NULL DEFAULT 0, -- records that its answers enhanced
  refused   integer NOT NULL DEFAULT 0, -- answers that broke a rule
  version   bigint  NOT NULL,
  PRIMARY KEY (job_id, model, version)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);

-- Cost of a model in a job. Written when a call is recorded; apart from job_model, because on one row the two writers would
-- wait for each other, twice per call.
CREATE TABLE job_usage (
  job_id            uuid    NOT NULL REFERENCES job ON DELETE CASCADE,
  model             text    NOT NULL,
  calls             integer NOT NULL,
  prompt_tokens     bigint  NOT NULL,
  completion_tokens bigint  NOT NULL,
  cached_tokens     bigint  NOT NULL,
  version           bigint  NOT NULL,
  PRIMARY KEY (job_id, model, version)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);

-- The counters of each job. The version grows with every change that a reader can see.
CREATE VIEW job_counts AS
SELECT j.id AS job_id, j.version + COALESCE(p.version, 0) AS version, COALESCE(p.succeeded, 0) AS succeeded,
       COALESCE(p.failed, 0) AS failed, COALESCE(p.reused, 0) AS reused
FROM job j LEFT JOIN LATERAL (
  SELECT * FROM job_progress WHERE job_id = j.id ORDER BY job_id DESC, version DESC LIMIT 1) p ON true;

-- The counters of each file.
CREATE VIEW job_file_counts AS
SELECT f.job_id, f.ordinal, COALESCE(p.succeeded, 0) AS succeeded, COALESCE(p.failed, 0) AS failed,
       COALESCE(p.reused, 0) AS reused
FROM job_file f LEFT JOIN LATERAL (
  SELECT * FROM job_file_progress WHERE job_id = f.job_id AND ordinal = f.ordinal
  ORDER BY job_id DESC, ordinal DESC, version DESC LIMIT 1) p ON true;

-- A record of a job, narrow because claims and completions update it; its texts are in the item_* tables. Inserted at intake
-- as ready, succeeded or failed. Life: ready -> running (claimed) -> succeeded, failed, or waiting -> ready.
CREATE TABLE item (
  id              bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_id          uuid     NOT NULL REFERENCES job ON DELETE CASCADE,
  file_ordinal    integer,                        -- null: posted without files
  seq             integer  NOT NULL,              -- place in the job's input, from 0
  state           text     NOT NULL CHECK (state IN ('ready', 'running', 'waiting', 'succeeded', 'failed', 'cancelled')),
  attempt         smallint NOT NULL DEFAULT 0,    -- judged answers so far
  fence           integer  NOT NULL DEFAULT 0,    -- raised by each claim and rescue; a write under another fence is dropped
  due_at          timestamptz,                    -- end of the wait; null unless waiting
  wait_reason     text     CHECK (wait_reason IN ('quota', 'backoff', 'reask', 'in_flight_elsewhere', 'outage')),
  worker_id       uuid,                           -- the worker that holds the claim; null unless running
  fingerprint     bytea,                          -- identity by content; null: not shared with other items
  record_key      text,                           -- the owner's key of the record; null: none
  model           text,                           -- the model that was asked last
  error_code      text,                           -- why it failed; null unless failed
  reused          boolean  NOT NULL DEFAULT false, -- succeeded without a call
  max_pack        integer  CHECK (max_pack > 0),  -- most records per call, this one included; null: no limit of its own
  internal_errors smallint NOT NULL DEFAULT 0,    -- bounded by burnish.worker.max-internal-errors
  record_bytes    integer,                        -- length of item_payload.record, so that a claim is bounded before it reads
  UNIQUE (job_id, seq),
  CHECK ((state = 'waiting') = (due_at IS NOT NULL AND wait_reason IS NOT NULL)),
  CHECK ((state = 'running') = (worker_id IS NOT NULL))
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX item_ready ON item (job_id, seq) WHERE state = 'ready';
CREATE INDEX item_running ON item (worker_id) WHERE state = 'running';
CREATE INDEX item_waiting ON item (due_at) WHERE state = 'waiting';
CREATE INDEX item_waiting_of_job ON item (job_id, due_at) WHERE state = 'waiting';
-- By reason alone, not by state: otherwise the planner may read the index of all waiting items (see io.burnish.queue).
CREATE INDEX item_follower ON item (fingerprint) WHERE wait_reason = 'in_flight_elsewhere';
CREATE INDEX item_failed ON item (job_id, seq) WHERE state = 'failed';
CREATE INDEX item_succeeded ON item (job_id, seq) WHERE state = 'succeeded';

-- The record as it was posted. Inserted with its item, never changed.
CREATE TABLE item_payload (
  item_id bigint PRIMARY KEY REFERENCES item ON DELETE CASCADE,
  record  text   NOT NULL
);

-- The enhanced record of a succeeded item. No foreign key: the row is written in one statement with the state of its item and
-- takes the id from there; the check would cost a lookup and a lock per record. Deletes of items delete these rows first.
CREATE TABLE item_result (
  item_id  bigint  PRIMARY KEY,
  fence    integer NOT NULL, -- of the claim that decided the item; 0: decided at intake
  record   text    NOT NULL,
  evidence text              -- JSON: where the answer stands in the record's text; null: none is kept
);

-- Why an item failed: a sentence for each reason.
CREATE TABLE item_failure (
  item_id bigint PRIMARY KEY REFERENCES item ON DELETE CASCADE,
  errors  text[] NOT NULL
);

-- An item that was not sent because another record with different content has its key (dedupe: id). The job warns of these.
-- A row per item, not a counter: an item that is decided again after a crash counts once.
CREATE TABLE key_collision (
  item_id bigint PRIMARY KEY REFERENCES item ON DELETE CASCADE,
  job_id  uuid   NOT NULL
);
CREATE INDEX key_collision_job ON key_collision (job_id);

-- Single flight: the item that is asked about for a fingerprint now (the leader). Other items of the same fingerprint
-- (followers) wait until the row is deleted, which happens when the leader is decided.
CREATE TABLE in_flight (
  fingerprint bytea  PRIMARY KEY,
  item_id     bigint NOT NULL REFERENCES item ON DELETE CASCADE
);
CREATE INDEX in_flight_item ON in_flight (item_id);

-- Per job, the seq below which no item is ready. A claim starts there and does not walk over consumed entries, even while a
-- long snapshot keeps them in the index. A table of its own: each statement that makes items ready locks this row, and the
-- job's row is busy with counters.
CREATE TABLE low_water_mark (
  job_id uuid    PRIMARY KEY REFERENCES job ON DELETE CASCADE,
  seq    integer NOT NULL
) WITH (fillfactor = 50);

-- The ledger: each HTTP call to the provider. Inserted before the answer is parsed; retention empties raw_answer, later
-- deletes the row.
CREATE TABLE provider_call (
  id                uuid        PRIMARY KEY,
  model             text        NOT NULL,
  outcome           text        NOT NULL, -- answered, or the kind of fault
  http_status       smallint    NOT NULL,
  prompt_tokens     integer     NOT NULL DEFAULT 0,
  completion_tokens integer     NOT NULL DEFAULT 0,
  cached_tokens     integer     NOT NULL DEFAULT 0,
  latency_ms        integer     NOT NULL,
  request_id        text,                 -- the provider's
  message           text,                 -- the provider's, for a fault
  raw_answer        text,
  at                timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX provider_call_raw ON provider_call (at) WHERE raw_answer IS NOT NULL;

-- A record in a call. Inserted with the call as answered or unanswered; judging an answer makes it accepted or refused.
-- The busiest table: written and judged once per record and call. Found by item only, also without a verdict; with one index
-- less, a verdict stays on the row's page. No foreign keys, as with item_result.
CREATE TABLE attempt (
  id         bigint  GENERATED ALWAYS AS IDENTITY,
  item_id    bigint  NOT NULL,
  fence      integer NOT NULL,           -- of the claim that made the call
  call_id    uuid    NOT NULL,
  outcome    text    NOT NULL CHECK (outcome IN ('answered', 'accepted', 'refused', 'unanswered')),
  errors     text[],                     -- why the answer was refused, a sentence each
  ref        integer NOT NULL DEFAULT 1, -- the record's number in the call
  answer     text,                       -- JSON: what a refused answer says of the record; null: nothing
  violations text,                       -- JSON: code and evidence of each of errors, in order; null: none
  PRIMARY KEY (item_id, id)
) WITH (fillfactor = 70);
CREATE INDEX attempt_call ON attempt (call_id);

-- Tracking: decisions by content. A decision replaces an older one, but a failure never replaces a result. DELETE /tracking
-- removes rows.
CREATE TABLE enhancement (
  profile       text        NOT NULL,
  fingerprint   bytea       NOT NULL,
  record_key    text,                 -- key of the record that was decided; other keys of the content are in enhancement_key
  state         text        NOT NULL CHECK (state IN ('processed', 'failed')),
  result        text,                 -- the enhanced record
  error_code    text,
  errors        text[],
  model         text,
  at            timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Whose answer it is. A simulated answer is never used for another provider's job.
  provider      text        NOT NULL CHECK (provider IN ('groq', 'simulated')),
  -- The version of the rules under which the content failed (Profile.proofVersion); under another one it is asked about again.
  -- Null: processed.
  proof_version text,
  PRIMARY KEY (profile, fingerprint),
  CHECK ((state = 'processed') = (result IS NOT NULL))
);
-- A B-tree entry must be shorter than a third of a page, and a key may be longer. The index holds the first 200 characters;
-- statements compare both the prefix and the whole key.
CREATE INDEX enhancement_by_key ON enhancement (left(record_key, 200), profile, provider);

-- Further keys of a decided content: records that were resolved by the same decision.
CREATE TABLE enhancement_key (
  profile     text        NOT NULL,
  fingerprint bytea       NOT NULL,
  record_key  text        NOT NULL,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  FOREIGN KEY (profile, fingerprint) REFERENCES enhancement (profile, fingerprint) ON DELETE CASCADE
);
CREATE UNIQUE INDEX enhancement_key_once ON enhancement_key (profile, fingerprint, md5(record_key));
CREATE INDEX enhancement_key_by_key ON enhancement_key (left(record_key, 200), profile);

-- Keys that an imported state file lists. Only the key is known: no content, no result. Jobs with dedupe: id do not send them.
-- Keys that Burnish decided itself are in enhancement, and are not repeated here.
CREATE TABLE imported_key (
  provider    text        NOT NULL CHECK (provider IN ('groq', 'simulated')),
  profile     text        NOT NULL,
  record_key  text        NOT NULL CHECK (length(record_key) <= 500),
  state       text        NOT NULL CHECK (state IN ('processed', 'failed')),
  imported_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (provider, profile, record_key)
);

-- Counts of 429s in imported state files. Kept for the export only; today's limits are in model_quota and model_state.
CREATE TABLE imported_429_count (
  provider text    NOT NULL CHECK (provider IN ('groq', 'simulated')),
  model    text    NOT NULL CHECK (length(model) <= 500),
  times    integer NOT NULL CHECK (times >= 0),
  PRIMARY KEY (provider, model)
);

-- A model at an endpoint: the same name is another model at another address. Written when it is found to be decommissioned,
-- and when it is reset (DELETE /models/{model}/state).
CREATE TABLE model_state (
  endpoint              text        NOT NULL,
  model                 text        NOT NULL,
  paused_until          timestamptz, -- reserved, with the next two; no version sets them yet
  pause_reason          text,
  consecutive_429       integer     NOT NULL DEFAULT 0,
  decommissioned_at     timestamptz, -- null: in use
  decommissioned_reason text,
  reset_at              timestamptz, -- last reset; null: never
  PRIMARY KEY (endpoint, model)
);

-- Request fields that a model refuses. They are left out for a day after refused_at, then sent again.
CREATE TABLE model_capability (
  endpoint   text        NOT NULL,
  model      text        NOT NULL,
  field      text        NOT NULL, -- as in io.burnish.provider.RequestField, e.g. temperature or response_format.json_schema
  reason     text        NOT NULL, -- in the provider's words
  refused_at timestamptz NOT NULL,
  PRIMARY KEY (endpoint, model, field)
);

-- The quota of a model at an endpoint. All four buckets are in one row, so that one statement grants or denies exactly, over
-- all replicas. A null limit: none is known. A level is what is left; it refills with time and may be negative. *_learned says
-- where a limit was learned (io.burnish.quota.LimitLearning).
--
-- The newest row of an endpoint and model is the last of the index. A row takes a new id after some 200 writes, so a lookup
-- passes at most the dead versions of the last 200 writes, however long a snapshot keeps them all.
CREATE TABLE model_quota (
  model                   text             NOT NULL,
  rpm_limit               double precision, rpm_level double precision NOT NULL DEFAULT 0, rpm_learned text,
  rpd_limit               double precision, rpd_level double precision NOT NULL DEFAULT 0, rpd_learned text,
  tpm_limit               double precision, tpm_level double precision NOT NULL DEFAULT 0, tpm_learned text,
  tpd_limit               double precision, tpd_level double precision NOT NULL DEFAULT 0, tpd_learned text,
  refilled_at             timestamptz      NOT NULL DEFAULT clock_timestamp(),
  reserved_at             timestamptz,                           -- last reservation
  co_tenant_rate          double precision NOT NULL DEFAULT 0,   -- tokens a second that others of the organization use
  co_tenant_margin        double precision NOT NULL DEFAULT 0,   -- tokens kept free for their next call
  answered_at             timestamptz,                           -- last answer; null: none yet, so one call at a time
  next_at                 timestamptz,                           -- earliest next call, while the requests a minute are unknown
  paused_until            timestamptz,
  pause_reason            text,
  throttled               bigint           NOT NULL DEFAULT 0,   -- 429s so far
  rate_ceiling            double precision,                      -- calls a minute at which a call was refused, no limit told
  rate_cut_at             timestamptz,                           -- last cut of that rate
  endpoint                text             NOT NULL,
  id                      bigint           GENERATED BY DEFAULT AS IDENTITY,
  writes                  integer          NOT NULL DEFAULT 0,   -- under this id
  -- Reserved and not settled, by replica: {"replica": [calls, tokens, epoch seconds at which the entry expires]}.
  open_reservations       jsonb            NOT NULL DEFAULT '{}',
  answers_without_limits  integer          NOT NULL DEFAULT 0,   -- usable answers in a row that told no limit
  adaptive_since          timestamptz,                           -- no plan is assumed, answers tell no limits; null: limits hold
  -- While adaptive: calls in flight at most, over all replicas; how many there were when one was refused; last increase.
  concurrency_limit       double precision,
  concurrency_ceiling     double precision,
  concurrency_raised_at   timestamptz,
  recent_calls            double precision NOT NULL DEFAULT 0,   -- calls granted, decaying by a factor of e in 10 seconds
  -- When the bucket is full, where a header tells an earlier time than the bucket's own window.
  requests_full_at        timestamptz,
  tokens_full_at          timestamptz,
  -- The only index: beside one on id alone, the planner takes the wrong one, as it sees one row in either.
  PRIMARY KEY (endpoint, model, id)
) WITH (fillfactor = 10); -- one row per new page: the versions that follow fit beside it

-- Fixed pacing: one call at a time over all replicas, the next not before next_at.
CREATE TABLE fixed_pacing (
  only_row        boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  next_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at        timestamptz NOT NULL DEFAULT clock_timestamp(), -- of the last call
  in_flight_until timestamptz,                                    -- lease of the call in flight; null: none
  last_model      text,
  -- The replica that holds the permit, and the number of its call. It may end or prolong the call, and take the next permit;
  -- other replicas wait for the end.
  holder          uuid,
  call_no         bigint      NOT NULL DEFAULT 0
);
INSERT INTO fixed_pacing DEFAULT VALUES;

-- A replica that works. Inserted when it registers, with a heartbeat every few seconds; deleted when it deregisters, or by
-- another replica once its lease has expired, after its items were rescued.
CREATE TABLE worker (
  id              uuid        PRIMARY KEY,
  node            text        NOT NULL, -- host name
  started_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  heartbeat_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- A worker that starts again reclaims the items of its earlier processes at once. A process id says something only on the
  -- same machine, in the same space of process ids: containers may share a name and a process id.
  pid             bigint      NOT NULL DEFAULT 0,
  machine         text,                 -- boot of the machine and space of process ids; null: not known
  process_started bigint                -- clock ticks from the boot to the start of the process; null: not known
) WITH (fillfactor = 50);
