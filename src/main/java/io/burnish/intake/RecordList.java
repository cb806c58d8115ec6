package io.burnish.intake;

import java.util.Iterator;

/**
 * Where a list of records lies in a body that was found whole. Each iteration reads it anew and
 * holds one record at a time.
 *
 * @param source the body
 * @param from where the list begins
 * @param form how the records stand in it
 */
record RecordList(Spooled source, long from, Form form) implements Iterable<RawRecord> {

  /** How the records of a list stand in a text. */
  enum Form {
    /** {@code [ …, … ]}. */
    LIST,
    /** A record a line. */
    LINES
  }

  @Override
  public Iterator<RawRecord> iterator() {
    return switch (form) {
      case LIST -> RecordReader.elementsOf(this);
      case LINES -> new LineReader(source);
    };
  }
}
