package io.burnish.queue.claim;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Makes waiting items ready whose {@code due_at} has passed. Waiting items are not in the index of
 * ready ones, so that a claim never walks over them.
 */
public final class DueItems {

  private static final String SQL =
      """
      WITH due AS MATERIALIZED (
        SELECT id FROM item WHERE state = 'waiting' AND due_at <= clock_timestamp()
        ORDER BY due_at LIMIT 1000 FOR UPDATE SKIP LOCKED),
      made_ready AS (
        UPDATE item i SET state = 'ready', due_at = NULL, wait_reason = NULL
        FROM due WHERE i.id = due.id
        RETURNING i.job_id, i.seq)
      """
          + LowWaterMark.LOWER;

  private DueItems() {}

  /** Makes waiting items ready that are due; how many. */
  public static int promote(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      return LowWaterMark.madeReady(statement);
    }
  }
}
