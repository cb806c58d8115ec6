package io.burnish.queue;

import java.util.Locale;

/**
 * Where an item stands. Stored as the lower-case name; the SQL of this room names the states as
 * literals.
 */
public enum ItemState {
  /** May be claimed now. Entered at intake, when a wait is over, and on release or rescue. */
  READY,
  /** Claimed by a live worker under the current fence. */
  RUNNING,
  /** Not before {@code due_at}, for {@code wait_reason}. */
  WAITING,
  /** Final: the enhanced record is in item_result. */
  SUCCEEDED,
  /** Final until sent again: the reasons are in item_failure. */
  FAILED,
  /** Final: its job was cancelled before it was decided. */
  CANCELLED;

  /** The word in the database and the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
