package io.burnish.job.stored;

import io.burnish.job.spec.JobOptionsCodec;
import io.burnish.job.state.JobState;
import io.burnish.job.state.JobStateException;
import io.burnish.tracking.decision.TrackingScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job whose row this transaction has locked, as completions lock it, so that neither its state
 * nor its counters change until the transaction ends.
 *
 * @param endRequested {@code cancelled} or {@code expired}: the state in which it is to end; null:
 *     it is not to end early
 * @param pauseReason {@code owner} or {@code budget}: why it is paused, or was last; null: never
 * @param retries how often failed items were made ready again
 * @param scope whose decisions it uses and adds to
 * @param options as {@link JobOptionsCodec} wrote them
 */
public record LockedJob(
    UUID id,
    Optional<String> name,
    JobState state,
    @Nullable String endRequested,
    @Nullable String pauseReason,
    int retries,
    String profile,
    TrackingScope scope,
    String options) {

  private static final String LOCK =
      """
      SELECT name, state, end_requested, pause_reason, retries, profile, provider, tracking_owner, options FROM job
      WHERE id = ? AND removed_at IS NULL FOR NO KEY UPDATE
      """;

  /** Locks a job; empty when there is none. */
  public static Optional<LockedJob> of(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setObject(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new LockedJob(
                    id,
                    Optional.ofNullable(row.getString("name")),
                    JobState.of(row.getString("state")).orElseThrow(),
                    row.getString("end_requested"),
                    row.getString("pause_reason"),
                    row.getInt("retries"),
                    row.getString("profile"),
                    new TrackingScope(row.getString("provider"), row.getString("tracking_owner")),
                    row.getString("options")))
            : Optional.empty();
      }
    }
  }

  /** Whether its end was requested and it still has running items. */
  public boolean isEnding() {
    return endRequested != null && !state.isFinal();
  }

  /** Whether its budget paused it. */
  public boolean isPausedByBudget() {
    return state == JobState.PAUSED && "budget".equals(pauseReason);
  }

  /**
   * Refuses a request that needs a job which is neither finished nor about to end.
   *
   * @param request as in "can't be paused"
   * @throws JobStateException when it is
   */
  public void requireOpen(String request) {
    if (state.isFinal() || isEnding()) {
      throw refusing(
          request, "To send its failed records again: POST /jobs/%s/retry".formatted(id));
    }
  }

  /**
   * The refusal of a request.
   *
   * @param request as in "can't be paused"
   * @param advice what to do, as a sentence
   */
  public JobStateException refusing(String request, String advice) {
    String is = isEnding() ? "about to be " + endRequested : state.word();
    return new JobStateException(
        state.word(), "job %s can't be %s: it is %s. %s".formatted(id, request, is, advice));
  }
}
