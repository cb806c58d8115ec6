package io.burnish.intake.records;

import com.fasterxml.jackson.core.JsonToken;
import io.burnish.intake.body.MalformedBodyException;
import io.burnish.intake.body.SpooledBody;
import io.burnish.record.JsonText;
import io.burnish.record.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Walks a body once, finds the records in it, and checks all of it. The body stays on disk; what is
 * held of it are the names of one record's fields.
 */
public final class RecordReader extends JsonCursor {

  /** Larger values are refused: no record is as large. In characters. */
  public static final long LARGEST_VALUE = 8L * 1024 * 1024;

  /** Longest text value outside of records: a name, an option. In characters. */
  private static final int LONGEST_OPTION = 5_000;

  /** Largest text in place of a record, with the blanks after it, in characters. */
  private static final long LARGEST_TEXT = 1024 * 1024;

  private final SpooledBody source;
  private final RecordLimits limits;

  private RecordReader(SpooledBody source, RecordLimits limits, JsonText text) {
    super(text, source::stream, limits.maxRecord());
    this.source = source;
    this.limits = limits;
  }

  /** Reads something of a body. */
  @FunctionalInterface
  public interface Reading<T> {
    T from(RecordReader reader) throws IOException;
  }

  /**
   * Reads a whole body.
   *
   * @throws MalformedBodyException when it is not one JSON value in UTF-8
   */
  public static <T> T read(SpooledBody body, RecordLimits limits, Reading<T> reading) {
    return open(
        body,
        limits,
        reader -> {
          reader.next();
          T read = reading.from(reader);
          reader.requireEnd();
          return read;
        });
  }

  /**
   * The records of a file that must hold one list.
   *
   * @throws MalformedBodyException when it does not
   */
  public static RecordList readFile(SpooledBody body, RecordLimits limits) {
    return read(
        body,
        limits,
        reader -> {
          if (!reader.atList()) {
            throw new MalformedBodyException(
                reader.atEnd()
                    ? "the file is empty. A file must hold a JSON list of records, [ … ]"
                    : "a file must hold a JSON list of records, [ … ]; a file of a record a line is named .ndjson",
                1,
                1);
          }
          return reader.records();
        });
  }

  /**
   * The records of a body with a record a line (NDJSON, JSON Lines); blank lines are skipped.
   *
   * @throws MalformedBodyException when a line that is not blank is not one JSON value
   */
  public static RecordList readLines(SpooledBody body, RecordLimits limits) {
    return open(body, limits, RecordReader::lines);
  }

  private static <T> T open(SpooledBody body, RecordLimits limits, Reading<T> reading) {
    try (JsonText text = JsonText.check(body::stream, LONGEST_OPTION)) {
      return reading.from(new RecordReader(body, limits, text));
    } catch (MalformedJsonException e) {
      throw new MalformedBodyException(e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a request body from the spool directory", e);
    }
  }

  /** Where the list at the cursor lies. Goes to its end, and checks all of it. */
  public RecordList records() throws IOException {
    long from = text.byteOffset(text.tokenStart());
    BitSet tooLarge = new BitSet();
    int size = 0;
    while (nextElement() != JsonToken.END_ARRAY) {
      tooLarge.set(size++, element());
    }
    return new RecordList(source, from, RecordList.Form.LIST, size, tooLarge);
  }

  private RecordList lines() throws IOException {
    BitSet tooLarge = new BitSet();
    int size = 0;
    int lastLine = 0;
    while (nextElement() != null) {
      long from = text.tokenStart();
      int line = parser.currentTokenLocation().getLineNr();
      requireOneOfItsLine(from, line > lastLine, size == 0);
      try {
        tooLarge.set(size++, element());
      } catch (MalformedJsonException e) {
        throw e.line() == line
            ? e
            : text.malformed("the value that begins here does not end in its line", from);
      }
      // At the end of a number, the parser is already past the line end.
      lastLine = present().isStructEnd() ? parser.currentLocation().getLineNr() : line;
      if (lastLine > line) {
        throw text.malformed(
            "the value that begins here has several lines, but each line must hold one value. Post a JSON document as application/json",
            from);
      }
    }
    return new RecordList(source, text.start(), RecordList.Form.LINES, size, tooLarge);
  }

  private void requireOneOfItsLine(long from, boolean newLine, boolean first) throws IOException {
    if (!newLine) {
      throw text.malformed(
          "a line must hold one value, and a second one begins here. Were the line ends lost? curl keeps them with --data-binary, not with -d",
          from);
    }
    if (first && atList()) {
      throw text.malformed(
          "a list begins here, but a record a line was announced. Post a JSON list as application/json, or name the file .json",
          from);
    }
  }

  /** The next token. A text in place of a record is measured here, because it is not held. */
  private @Nullable JsonToken nextElement() throws IOException {
    boolean afterText = token() == JsonToken.VALUE_STRING;
    long from = afterText ? text.tokenStart() : 0;
    JsonToken next = next();
    if (afterText && (next == null ? text.position() : text.tokenStart()) - from > LARGEST_TEXT) {
      throw text.malformed("this text is no record: a record must be a JSON object", from);
    }
    return next;
  }

  /**
   * Goes to the end of the element at the cursor.
   *
   * @return whether it is larger than a record may be
   */
  private boolean element() throws IOException {
    limits.count(atObject());
    boolean structure = present().isStructStart();
    long from = text.tokenStart();
    walk();
    long size = structure ? text.position() - from : 0;
    if (size > LARGEST_VALUE) {
      throw text.malformed("this value is larger than any record may be (8 MB)", from);
    }
    return size > limits.maxRecord();
  }

  private void requireEnd() throws IOException {
    if (atEnd()) {
      return;
    }
    boolean object = token() == JsonToken.END_OBJECT;
    if (next() != null) {
      throw text.malformed(
          object && atObject()
              ? "another object begins here. Post a record a line as application/x-ndjson, or put the records in a list"
              : "there is more text after the end of the value",
          text.tokenStart());
    }
  }
}
