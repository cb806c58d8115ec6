package io.burnish.quota.fixed;

import io.burnish.database.Sql;

/** Runs each piece of work in one transaction, as {@link Sql#run}. */
public interface Transactions {

  /**
   * Runs the work and returns its result.
   *
   * @throws io.burnish.database.DatabaseException if the database refuses or does not answer; the
   *     work is rolled back
   */
  <T> T run(Sql.Work<T> work);
}
