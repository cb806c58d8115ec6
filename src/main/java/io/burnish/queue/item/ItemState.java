package io.burnish.queue.item;

import java.util.Locale;

/** The state of an item. Stored as the lower-case name; the SQL names the states as literals. */
public enum ItemState {
  /** Can be claimed. Entered at intake, at the end of a wait, and on release or rescue. */
  READY,
  /** Claimed by a worker under the current fence. */
  RUNNING,
  /** Waits until {@code due_at}; {@code wait_reason} says why. */
  WAITING,
  /** Final: the enhanced record is in item_result. */
  SUCCEEDED,
  /** Final, unless the item is sent again: the errors are in item_failure. */
  FAILED,
  /** Final: the job was cancelled before the item was decided. */
  CANCELLED;

  /** The word in the database and the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
