package io.burnish.intake;

import java.util.BitSet;
import java.util.Iterator;

/**
 * Where a list of records lies in a body that was found sound. Each iteration reads it again and
 * holds one record at a time.
 *
 * @param source the body
 * @param from offset of the byte at which the list begins
 * @param form how the records stand in it
 * @param size how many records there are
 * @param tooLarge which of them are larger than a record may be, by their place in the list
 */
record RecordList(SpooledBody source, long from, Form form, int size, BitSet tooLarge)
    implements Iterable<RawRecord> {

  /** How the records of a list stand in a text. */
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
