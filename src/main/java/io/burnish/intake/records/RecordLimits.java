package io.burnish.intake.records;

import io.burnish.intake.records.InvalidJobException.FieldError;
import java.util.List;

/** Counts the records of one job, over all its files, and limits them. Not thread-safe. */
public final class RecordLimits {

  /** Most elements that are not objects; up to here, each fails as an item of its own. */
  static final int MOST_NON_OBJECTS = 10_000;

  private final long maxRecord;
  private final int maxRecords;
  private final String remedy;
  private int records;
  private int nonObjects;

  /** The limits of the service. */
  public RecordLimits(long maxRecord, int maxRecords) {
    this(maxRecord, maxRecords, "raise burnish.intake.max-records");
  }

  /**
   * @param maxRecord largest record, in bytes
   * @param maxRecords most records of the job
   * @param remedy how to have a job with more, as a part of a sentence
   */
  public RecordLimits(long maxRecord, int maxRecords, String remedy) {
    this.maxRecord = Math.min(maxRecord, RecordReader.LARGEST_VALUE);
    this.maxRecords = maxRecords;
    this.remedy = remedy;
  }

  long maxRecord() {
    return maxRecord;
  }

  /**
   * Counts a record.
   *
   * @throws InvalidJobException when it is one too many; the rest of the body is not read
   */
  void count(boolean object) {
    records++;
    nonObjects += object ? 0 : 1;
    if (records > maxRecords) {
      throw new InvalidJobException(
          List.of(
              new FieldError(
                  "records",
                  "a job may have %,d records at most. Nothing was stored: post the records in several jobs, or %s"
                      .formatted(maxRecords, remedy))));
    }
    if (nonObjects > MOST_NON_OBJECTS) {
      throw new InvalidJobException(
          List.of(
              new FieldError(
                  "records",
                  "more than %,d of the first %,d elements are not JSON objects. Nothing was stored: each record must be an object"
                      .formatted(MOST_NON_OBJECTS, records))));
    }
  }
}
