package io.burnish.intake;

import io.burnish.intake.InvalidJobException.FieldError;
import java.util.List;

/**
 * What the records of one job may come to, over all its files; counts them as they are found. Not
 * thread-safe.
 */
final class RecordBudget {

  /** Elements that are no objects fail one by one; a list of nothing else is the wrong list. */
  static final int NON_OBJECTS = 10_000;

  private final long maxRecord;
  private final int maxRecords;
  private int records;
  private int nonObjects;

  /**
   * @param maxRecord the largest record that is worked on, in bytes
   * @param maxRecords records of the job at most
   */
  RecordBudget(long maxRecord, int maxRecords) {
    this.maxRecord = Math.min(maxRecord, RecordReader.LARGEST_VALUE);
    this.maxRecords = maxRecords;
  }

  long maxRecord() {
    return maxRecord;
  }

  /**
   * One more record.
   *
   * @throws InvalidJobException when it is one too many; the rest is not read
   */
  void count(boolean object) {
    records++;
    nonObjects += object ? 0 : 1;
    if (records > maxRecords) {
      throw new InvalidJobException(
          List.of(
              new FieldError(
                  "records",
                  "a job may have %,d records at most. Nothing was stored: post the records in several jobs, or raise burnish.intake.max-records"
                      .formatted(maxRecords))));
    }
    if (nonObjects > NON_OBJECTS) {
      throw new InvalidJobException(
          List.of(
              new FieldError(
                  "records",
                  "more than %,d of the first %,d elements are no JSON objects. Nothing was stored: each record must be an object"
                      .formatted(NON_OBJECTS, records))));
    }
  }
}
