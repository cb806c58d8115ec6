package io.burnish.intake.records;

import io.burnish.intake.body.SpooledBody;
import java.util.BitSet;
import java.util.Iterator;

/**
 * A list of records in a spooled body that was checked. Each iteration reads the body again and
 * holds one record at a time.
 *
 * @param source the body
 * @param from offset of the byte at which the list begins
 * @param form list or lines
 * @param size number of records
 * @param tooLarge indexes of the records that are larger than a record may be
 */
public record RecordList(SpooledBody source, long from, Form form, int size, BitSet tooLarge)
    implements Iterable<RawRecord> {

  /** How the records are written in the body. */
  enum Form {
    /** {@code [ …, … ]}. */
    LIST,
    /** A record a line. */
    LINES
  }

  @Override
  public Iterator<RawRecord> iterator() {
    return new StoredRecords(this);
  }
}
