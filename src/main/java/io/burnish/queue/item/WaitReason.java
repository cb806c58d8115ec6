package io.burnish.queue.item;

import java.util.Locale;

/** Why an item waits. Stored as the lower-case name. */
public enum WaitReason {
  /** Rate limits of all models: due when the first model has capacity. */
  QUOTA,
  /** The last call failed with a transient fault. */
  BACKOFF,
  /** The last answer was refused; the item is asked again with its errors. */
  REASK,
  /** Another item of the same content is asked about; woken when that one is decided. */
  IN_FLIGHT_ELSEWHERE,
  /** No model is usable: all are decommissioned, or the key is refused. Needs an operator. */
  OUTAGE;

  /** The word in the database and the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
