package io.burnish.metrics;

import java.util.List;

/**
 * The gauges of states that are read when metrics are scraped. Those that begin with {@code
 * burnish_queue}, {@code burnish_quota}, {@code burnish_jobs} or {@code burnish_replicas} are the
 * same on each replica: take their maximum, not their sum.
 */
public enum StateGauge {
  /** Items that can be claimed. */
  QUEUE_READY("burnish_queue_ready_items", "Items that can be claimed now; global: use max"),
  /** Claimed items. */
  QUEUE_RUNNING("burnish_queue_running_items", "Items claimed by a worker; global: use max"),
  /** Waiting items. */
  QUEUE_WAITING(
      "burnish_queue_waiting_items",
      "Items that wait until a time, 10000 counted at most; global: use max",
      "reason"),
  /** Items of paused jobs. */
  QUEUE_PAUSED("burnish_queue_paused_items", "Open items of paused jobs; global: use max"),
  /** Time since the oldest job with a ready item was posted. */
  QUEUE_OLDEST_READY(
      "burnish_queue_oldest_ready_seconds",
      "Time since the oldest job with a ready item was posted, 0 without one; global: use max"),
  /** Open jobs. */
  JOBS_OPEN("burnish_jobs_open", "Jobs that have not ended; global: use max", "state"),
  /** Replicas with a worker. */
  REPLICAS("burnish_replicas", "Registered replicas with a worker; global: use max"),
  /** Age of what is known of queue and quotas. */
  READ_AGE(
      "burnish_queue_read_age_seconds",
      "Time since queue and quotas were read, which are absent when it was too long ago"),
  /** Limit of a quota. */
  QUOTA_LIMIT("burnish_quota_limit", "Limit of the window; global: use max", "model", "dimension"),
  /** What is left of a quota. */
  QUOTA_LEVEL(
      "burnish_quota_level",
      "What is left, below 0 after calls that used more than reserved; global: use max",
      "model",
      "dimension"),
  /** What is used of a quota. */
  QUOTA_USED(
      "burnish_quota_used_ratio", "Used part of the limit; global: use max", "model", "dimension"),
  /** Time until a call has room. */
  QUOTA_WAIT(
      "burnish_quota_wait_seconds",
      "Time until one small call has room in all limits; global: use max",
      "model"),
  /** Calls in flight. */
  CALLS_IN_FLIGHT("burnish_calls_in_flight", "Calls in flight at this replica"),
  /** Cooldowns now. */
  COOLDOWN(
      "burnish_model_cooldown_seconds",
      "Time until this replica's cooldown of the model ends, 0 without one",
      "model"),
  /** Decommissioned models. */
  MODELS_GONE(
      "burnish_models_gone",
      "Models of BURNISH_MODELS that are decommissioned; over 0: remove them"),
  /** Models that are unknown or not permitted. */
  MODELS_BLOCKED(
      "burnish_models_blocked",
      "Models of BURNISH_MODELS that are unknown at this address or not permitted for this account"),
  /** Models that are not decommissioned. */
  MODELS_LEFT(
      "burnish_models_left",
      "Models of BURNISH_MODELS that are not decommissioned; 0: no call is possible"),
  /** When a loop last turned. */
  LOOP_IDLE("burnish_loop_idle_seconds", "Time since the background loop last turned", "loop"),
  /** Failed turns of a loop. */
  LOOP_FAILURES(
      "burnish_loop_failures_in_a_row", "Failed turns since the last successful one", "loop");

  private final String metric;
  private final String help;
  private final List<String> labels;

  StateGauge(String metric, String help, String... labels) {
    this.metric = metric;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** Its name in Prometheus. */
  public String metric() {
    return metric;
  }

  /** What it means, in a sentence. */
  public String help() {
    return help;
  }

  /** Names of its labels. */
  public List<String> labels() {
    return labels;
  }
}
