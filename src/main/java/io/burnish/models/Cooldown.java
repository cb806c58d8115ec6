package io.burnish.models;

import java.time.Instant;

/**
 * Cooldown: time in which a model is not asked.
 *
 * @param cause what it rests for
 * @param until when it can be asked again
 * @param reason why, in words; empty text when it does not rest
 */
record Cooldown(Cause cause, Instant until, String reason) {

  static final Cooldown NONE = new Cooldown(Cause.NOTHING, Instant.MIN, "");

  /** What a model rests for. */
  enum Cause {
    /** It does not rest. */
    NOTHING,
    /** A limit was reached. */
    LIMIT,
    /** Calls failed. */
    FAILURE,
    /** Every call was refused for what it asks. */
    REFUSAL,
    /** It is unknown, or not open to this account, until a person opens it. */
    BLOCKED,
    /** The account is refused, and every model with it. */
    ACCOUNT;

    /** Whether somebody has to look, as time alone won't help. */
    boolean isOutage() {
      return this == BLOCKED || this == ACCOUNT;
    }
  }

  boolean isOver(Instant now) {
    return !until.isAfter(now);
  }
}
