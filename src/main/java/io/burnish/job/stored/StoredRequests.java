package io.burnish.job.stored;

import io.burnish.job.state.JobPause;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of a job after it was posted: its end, a pause, retries. {@code JobControl} writes
 * these columns; here they are only read.
 *
 * @param end {@code cancelled} or {@code expired}: the state in which it is to end; null: none
 * @param endAt when its end was requested; null: it was not
 * @param pauseReason {@code owner} or {@code budget}: why it is paused, or was last; null: never
 * @param pausedBy who paused it; null: the service, or it is not known
 * @param pausedAt when; null: it is not known
 * @param retries how often failed items were made ready again
 */
@Embeddable
record StoredRequests(
    @Column(name = "end_requested", insertable = false, updatable = false) @Nullable String end,
    @Column(name = "end_requested_at", insertable = false, updatable = false)
        @Nullable Instant endAt,
    @Column(name = "pause_reason", insertable = false, updatable = false)
        @Nullable String pauseReason,
    @Column(name = "paused_by", insertable = false, updatable = false) @Nullable String pausedBy,
    @Column(name = "paused_at", insertable = false, updatable = false) @Nullable Instant pausedAt,
    @Column(insertable = false, updatable = false) int retries) {

  /** Nothing was asked. */
  static final StoredRequests NONE = new StoredRequests(null, null, null, null, null, 0);

  /** When its cancellation was requested. */
  Optional<Instant> cancelledAt() {
    return "cancelled".equals(end) ? Optional.ofNullable(endAt) : Optional.empty();
  }

  /** The last pause; empty: there was none. */
  Optional<JobPause> lastPause() {
    return pauseReason == null
        ? Optional.empty()
        : Optional.of(new JobPause(pauseReason, pausedBy, pausedAt));
  }
}
