package io.burnish.job.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a job is paused.
 *
 * @param reason {@code owner}: someone paused it; {@code budget}: it reached its budget
 * @param by name of the key or of the token that paused it; null: the service did, or it is not
 *     known
 * @param at when; null: it is not known
 */
public record JobPause(String reason, @Nullable String by, @Nullable Instant at) {

  /** Whether it reached its budget. */
  public boolean isByBudget() {
    return reason.equals("budget");
  }
}
