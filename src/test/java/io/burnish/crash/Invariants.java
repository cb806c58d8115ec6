package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.assertj.core.api.SoftAssertions;

/** What must be true of a batch whatever happened while it was worked on. */
final class Invariants {

  private static final String[] COUNTED_WRONG = {
    // The job's counters, and its end.
    """
    SELECT count(*) FROM job j JOIN job_counts n ON n.job_id = j.id WHERE j.id = ? AND (
      j.total <> (SELECT count(*) FROM item WHERE job_id = j.id)
      OR n.succeeded <> (SELECT count(*) FROM item WHERE job_id = j.id AND state = 'succeeded')
      OR n.failed <> (SELECT count(*) FROM item WHERE job_id = j.id AND state = 'failed')
      OR j.cancelled <> (SELECT count(*) FROM item WHERE job_id = j.id AND state = 'cancelled')
      OR n.reused <> (SELECT count(*) FROM item WHERE job_id = j.id AND reused)
      OR j.state <> 'completed' OR j.finished_at IS NULL)
    """,
    // Its files'.
    """
    SELECT count(*) FROM job_file_counts f WHERE f.job_id = ? AND (
      f.succeeded <> (SELECT count(*) FROM item
                      WHERE job_id = f.job_id AND file_ordinal = f.ordinal AND state = 'succeeded')
      OR f.failed <> (SELECT count(*) FROM item
                      WHERE job_id = f.job_id AND file_ordinal = f.ordinal AND state = 'failed'))
    """,
    // Its models': each call and each judged answer, by the ledger.
    """
    SELECT count(*) FROM job_usage u LEFT JOIN job_model m USING (job_id, model) CROSS JOIN LATERAL (
      SELECT count(DISTINCT c.id) AS calls,
             count(*) FILTER (WHERE a.outcome = 'accepted') AS accepted,
             count(*) FILTER (WHERE a.outcome = 'refused') AS refused
      FROM attempt a JOIN item i ON i.id = a.item_id JOIN provider_call c ON c.id = a.call_id
      WHERE i.job_id = u.job_id AND c.model = u.model) l
    WHERE u.job_id = ? AND (u.calls, COALESCE(m.succeeded, 0), COALESCE(m.refused, 0))
      IS DISTINCT FROM (l.calls, l.accepted, l.refused)
    """,
    // Its tokens, by the ledger.
    """
    SELECT count(*) FROM job j CROSS JOIN LATERAL (
      SELECT COALESCE(sum(prompt_tokens), 0) AS prompt, COALESCE(sum(completion_tokens), 0) AS completion
      FROM job_usage WHERE job_id = j.id) u CROSS JOIN LATERAL (
      SELECT COALESCE(sum(prompt_tokens), 0) AS prompt, COALESCE(sum(completion_tokens), 0) AS completion
      FROM provider_call WHERE id IN (
        SELECT a.call_id FROM attempt a JOIN item i ON i.id = a.item_id WHERE i.job_id = j.id)) l
    WHERE j.id = ? AND (u.prompt, u.completion) IS DISTINCT FROM (l.prompt, l.completion)
    """
  };

  private static final String UNDECIDED =
      "SELECT count(*) FROM item WHERE job_id = ? AND state NOT IN ('succeeded', 'failed', 'cancelled')";

  /** A result belongs to a succeeded item, and was written under the fence that the item has. */
  private static final String RESULTS_WITHOUT_ITEM =
      """
      SELECT count(*) FROM item i LEFT JOIN item_result r ON r.item_id = i.id
      WHERE i.job_id = ? AND ((r.item_id IS NOT NULL) <> (i.state = 'succeeded') OR r.fence <> i.fence)
      """;

  private static final String ANSWERS_UNUSED =
      """
      SELECT count(*) FROM item i
      WHERE i.job_id = ? AND (SELECT count(*) FROM attempt a WHERE a.item_id = i.id AND a.outcome = 'accepted') > 1
      """;

  private static final String STILL_FLYING =
      "SELECT count(*) FROM in_flight f JOIN item i ON i.id = f.item_id WHERE i.job_id = ?";

  private Invariants() {}

  /**
   * Every record of the batch succeeded, exactly once, and can be fetched in order.
   *
   * @param most times that its records may have been in a call
   */
  static void isWhole(Environment stage, Replica replica, Posted posted, int most) {
    isWhole(stage, stage.tables(), replica, posted, most);
  }

  /** The same, of a replica with other tables. */
  static void isWhole(Environment stage, Tables tables, Replica replica, Posted posted, int most) {
    replica.untilEnded(posted.job());
    stage.provider().untilQuiet();
    UUID job = UUID.fromString(posted.job());
    SoftAssertions softly = new SoftAssertions();
    for (String wrong : COUNTED_WRONG) {
      softly.assertThat(tables.number(wrong, job)).as(wrong).isZero();
    }
    softly.assertThat(tables.number(UNDECIDED, job)).as("undecided").isZero();
    softly.assertThat(tables.number(RESULTS_WITHOUT_ITEM, job)).as("strange results").isZero();
    softly.assertThat(tables.number(ANSWERS_UNUSED, job)).as("accepted twice").isZero();
    softly.assertThat(tables.number(STILL_FLYING, job)).as("flights").isZero();
    softly
        .assertThat(replica.resultTitles(posted.job()))
        .as("results")
        .isEqualTo(posted.batch().titlesInOrder());
    int asked = stage.provider().asked(posted.batch()).size();
    softly.assertThat(asked).as("records asked about").isBetween(posted.batch().size(), most);
    softly.assertAll();
    assertThat(replica.job(posted.job()).path("outcome").asText()).isEqualTo("succeeded");
  }

  /** A batch, and the job it has become. */
  record Posted(Batch batch, String job) {}
}
