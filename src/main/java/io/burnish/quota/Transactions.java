package io.burnish.quota;

import io.burnish.database.Sql;

/** Runs work in one transaction each, as {@link Sql#run} does. */
interface Transactions {

  /**
   * Runs the work; what it brings.
   *
   * @throws io.burnish.database.DatabaseException when the database refuses or is away; nothing of
   *     the work is kept
   */
  <T> T run(Sql.Work<T> work);
}
