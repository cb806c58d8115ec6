package io.burnish.queue.claim;

import io.burnish.database.Sql;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The low-water marks of all jobs: see {@link LowWaterMark}. Thread-safe. */
@Singleton
public class LowWaterMarks {

  private final Sql sql;

  LowWaterMarks(Sql sql) {
    this.sql = sql;
  }

  /**
   * Raises the low-water marks of all active jobs, so that a claim costs the same at the end of a
   * job as at its start. One short transaction per few hundred jobs. Does nothing while another
   * replica does it.
   */
  public void raise() {
    Optional<LowWaterMark.Cursor> cursor =
        sql.run(LowWaterMark::begin) ? Optional.of(LowWaterMark.Cursor.START) : Optional.empty();
    while (cursor.isPresent()) {
      LowWaterMark.Cursor after = cursor.get();
      cursor = sql.run(c -> LowWaterMark.raise(c, after));
    }
  }
}
