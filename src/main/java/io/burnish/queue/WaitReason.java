package io.burnish.queue;

import java.util.Locale;

/** Why an item waits. Stored as the lower-case name. */
public enum WaitReason {
  /** The provider's limits: due when the soonest model has room again. */
  QUOTA,
  /** The last call failed for a reason that passes by itself. */
  BACKOFF,
  /** The last answer was refused; asked again with what was wrong. */
  REASK,
  /** The same content is being asked about by another item; woken when that one is decided. */
  IN_FLIGHT_ELSEWHERE,
  /** No model can be asked: all are gone, or the account is refused. Somebody has to look. */
  OUTAGE;

  /** The word in the database and the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
