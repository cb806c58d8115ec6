-- One row a model with all that decides whether a call may be sent, so that one statement can grant or refuse, exactly,
-- over all replicas. A null limit: none is known. Levels are what is left; they refill with time and may be below zero.
DROP TABLE model_quota;
CREATE TABLE model_quota (
  model          text             PRIMARY KEY,
  rpm_limit      double precision, rpm_level double precision NOT NULL DEFAULT 0, rpm_learned text,
  rpd_limit      double precision, rpd_level double precision NOT NULL DEFAULT 0, rpd_learned text,
  tpm_limit      double precision, tpm_level double precision NOT NULL DEFAULT 0, tpm_learned text,
  tpd_limit      double precision, tpd_level double precision NOT NULL DEFAULT 0, tpd_learned text,
  refilled_at    timestamptz      NOT NULL DEFAULT clock_timestamp(),
  -- reserved and not settled yet, by all replicas
  reserved       double precision NOT NULL DEFAULT 0,
  reserved_calls double precision NOT NULL DEFAULT 0,
  reserved_at    timestamptz,
  -- what others of the same organization use: tokens a second, and room left for their next call
  foreign_rate   double precision NOT NULL DEFAULT 0,
  margin         double precision NOT NULL DEFAULT 0,
  -- when an answer was last seen; null: never, so one call at a time
  seen_at        timestamptz,
  -- not before, while the requests a minute are unknown
  next_at        timestamptz,
  paused_until   timestamptz,
  pause_reason   text,
  throttled      bigint           NOT NULL DEFAULT 0,
  -- of a provider that tells nothing: the rate at which it last refused, and when the rate was last cut
  ceiling        double precision,
  cut_at         timestamptz
) WITH (fillfactor = 50);

-- Fixed pacing: one call at a time over all replicas, the next not before next_at.
CREATE TABLE fixed_pacing (
  only_row        boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  next_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  in_flight_until timestamptz,
  last_model      text
);
INSERT INTO fixed_pacing DEFAULT VALUES;
