package io.burnish.intake;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.burnish.record.Excerpt;
import io.burnish.record.JsonText;
import io.burnish.record.MalformedJsonException;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks a text once, finds the records in it, and sees that all of it is sound. The text stays on
 * disk; what is held of it are the names of one record's fields.
 */
final class RecordReader {

  /** Whatever is larger than this can't be a record, and is refused, in bytes. */
  static final long LARGEST_VALUE = 8L * 1024 * 1024;

  /** Longest text outside of records: a name, an option. In characters. */
  private static final int LONGEST_TERM = 5_000;

  /**
   * A text where a record should be is measured together with the blanks after it, in characters.
   */
  private static final long LARGEST_TEXT = 1024 * 1024;

  /** The options of a job are a dozen tokens. */
  private static final int MOST_TOKENS = 2_000;

  /** A number beyond this can't be calculated with. */
  private static final int LONGEST_EXPONENT = 4;

  /** A set that had more is not kept for the next object. */
  private static final int MANY_NAMES = 1_000;

  private final SpooledBody source;
  private final RecordBudget budget;
  private final JsonText text;
  private final JsonParser parser;
  private final List<Set<String>> names = new ArrayList<>();
  private @Nullable JsonToken token;

  private RecordReader(SpooledBody source, RecordBudget budget, JsonText text) {
    this.source = source;
    this.budget = budget;
    this.text = text;
    this.parser = text.parser();
  }

  /** Reading that may find the text broken. */
  @FunctionalInterface
  interface Reading<T> {
    T from(RecordReader reader) throws IOException;
  }

  /**
   * Reads a whole text.
   *
   * @throws MalformedBodyException when it is not one JSON value in UTF-8
   */
  static <T> T read(SpooledBody body, RecordBudget budget, Reading<T> reading) {
    return open(
        body,
        budget,
        reader -> {
          reader.next();
          T read = reading.from(reader);
          reader.requireEnd();
          return read;
        });
  }

  /**
   * The records of a file: it must hold one list.
   *
   * @throws MalformedBodyException when it does not
   */
  static RecordList readFile(SpooledBody body, RecordBudget budget) {
    return read(
        body,
        budget,
        reader -> {
          if (!reader.atList()) {
            throw new MalformedBodyException(
                reader.token == null
                    ? "the file is empty. A file must hold a JSON list of records, [ … ]"
                    : "a file must hold a JSON list of records, [ … ]; a file of a record a line is named .ndjson",
                1,
                1);
          }
          return reader.records();
        });
  }

  /**
   * The records of a text of a record a line (NDJSON, JSON Lines); blank lines are skipped.
   *
   * @throws MalformedBodyException when a line that is not blank is not one JSON value
   */
  static RecordList readLines(SpooledBody body, RecordBudget budget) {
    return open(body, budget, RecordReader::lines);
  }

  private static <T> T open(SpooledBody body, RecordBudget budget, Reading<T> reading) {
    try (JsonText text = JsonText.check(body::stream, LONGEST_TERM)) {
      return reading.from(new RecordReader(body, budget, text));
    } catch (MalformedJsonException e) {
      throw new MalformedBodyException(e);
    } catch (IOException e) {
      throw new UncheckedIOException("a body that was laid down could not be read", e);
    }
  }

  boolean atList() {
    return token == JsonToken.START_ARRAY;
  }

  boolean atObject() {
    return token == JsonToken.START_OBJECT;
  }

  boolean atEnd() {
    return token == null;
  }

  private @Nullable JsonToken next() throws IOException {
    token = text.next();
    return token;
  }

  /**
   * Where the list lies that the reader stands at; leaves it at the list's end, having seen that
   * all of it is sound.
   */
  RecordList records() throws IOException {
    JsonText.Mark from = text.tokenMark();
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
      int line = line(parser.currentTokenLocation());
      requireOneOfItsLine(from, line > lastLine, size == 0);
      try {
        tooLarge.set(size++, element());
      } catch (MalformedJsonException e) {
        throw e.line() == line
            ? e
            : text.malformed("the value that begins here is not ended in its line", from);
      }
      // A number takes the line end after it along.
      lastLine = present().isStructEnd() ? line(parser.currentLocation()) : line;
      if (lastLine > line) {
        throw text.malformed(
            "the value that begins here goes over several lines, but each line must hold one value. Post a JSON document as application/json",
            from);
      }
    }
    return new RecordList(source, text.beginning(), RecordList.Form.LINES, size, tooLarge);
  }

  private void requireOneOfItsLine(long from, boolean newLine, boolean first) throws IOException {
    if (!newLine) {
      throw text.malformed(
          "a line must hold one value, and here a second one begins. Were the line ends lost? curl keeps them with --data-binary, not with -d",
          from);
    }
    if (first && atList()) {
      throw text.malformed(
          "a list begins here, but a record a line was announced. Post a JSON list as application/json, or name the file .json",
          from);
    }
  }

  /** The next token; a text that is an element is measured here, because it is not held. */
  private @Nullable JsonToken nextElement() throws IOException {
    boolean afterText = token == JsonToken.VALUE_STRING;
    long from = afterText ? text.tokenStart() : 0;
    next();
    if (afterText && (token == null ? text.position() : text.tokenStart()) - from > LARGEST_TEXT) {
      throw text.malformed("this text is no record: a record must be a JSON object", from);
    }
    return token;
  }

  private static int line(JsonLocation location) {
    return location.getLineNr();
  }

  /**
   * Goes to the end of the element that the reader stands at.
   *
   * @return whether it is larger than a record may be
   */
  private boolean element() throws IOException {
    budget.count(atObject());
    long from = text.tokenStart();
    if (!present().isStructStart()) {
      requireMeasure();
      return false;
    }
    structure();
    long size = text.position() - from;
    if (size > LARGEST_VALUE) {
      throw text.malformed("this value is larger than any record may be (8 MB)", from);
    }
    return size > budget.maxRecord();
  }

  /** Walks over a list or an object. Of one that is too large, not all names are kept in mind. */
  private void structure() throws IOException {
    int depth = 0;
    long named = 0;
    do {
      switch (present()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> forget(--depth);
        case FIELD_NAME -> {
          named += parser.currentName().length() + 4L;
          if (named <= budget.maxRecord()) {
            requireNew(depth);
          }
        }
        default -> requireMeasure();
      }
    } while (depth > 0 && next() != null);
  }

  private JsonToken present() {
    return Objects.requireNonNull(token);
  }

  /** The name that the reader stands at must be the first of its kind in its object. */
  private void requireNew(int depth) throws IOException {
    while (names.size() < depth) {
      names.add(new HashSet<>());
    }
    if (!names.get(depth - 1).add(parser.currentName())) {
      throw text.malformed(
          "the name \"%s\" is given twice in one object"
              .formatted(Excerpt.of(parser.currentName())),
          text.tokenStart());
    }
  }

  private void forget(int depth) {
    if (depth < names.size()) {
      if (names.get(depth).size() > MANY_NAMES) {
        names.set(depth, new HashSet<>());
      } else {
        names.get(depth).clear();
      }
    }
  }

  /** Sees that a number, if it is one, can be calculated with. */
  private void requireMeasure() throws IOException {
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      String number = text.text();
      int exponent = Math.max(number.lastIndexOf('e'), number.lastIndexOf('E'));
      if (exponent >= 0 && digits(number, exponent) > LONGEST_EXPONENT) {
        throw text.malformed(
            "the exponent of this number has more than %d digits".formatted(LONGEST_EXPONENT),
            text.tokenStart());
      }
    }
  }

  private static int digits(String number, int exponent) {
    int sign = number.charAt(exponent + 1) == '-' || number.charAt(exponent + 1) == '+' ? 1 : 0;
    return number.length() - exponent - 1 - sign;
  }

  /** A field of the object that the reader stands at. */
  @FunctionalInterface
  interface Field {
    void read(String name) throws IOException;
  }

  /**
   * Hands over each field of the object that the reader stands at, with the reader at the field's
   * value.
   */
  void fields(Field field) throws IOException {
    while (next() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      next();
      field.read(name);
    }
  }

  /** The elements of the list that the reader stands at, handed over one by one. */
  void elements(Reading<?> reading) throws IOException {
    while (next() != JsonToken.END_ARRAY) {
      reading.from(this);
    }
  }

  /** Goes to the end of the value that the reader stands at. */
  void skip() throws IOException {
    if (atEnd()) {
      return;
    }
    int depth = 0;
    do {
      switch (present()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        default -> {}
      }
    } while (depth > 0 && next() != null);
  }

  /**
   * The value that the reader stands at, which must be small: a name, options. Leaves the reader at
   * its end.
   *
   * @throws MalformedJsonException when it is large, or gives a name twice
   */
  JsonNode value() throws IOException {
    long from = text.tokenStart();
    int depth = 0;
    int tokens = 0;
    try (TokenBuffer copy = new TokenBuffer(parser)) {
      do {
        if (++tokens > MOST_TOKENS) {
          throw text.malformed("this value is much larger than it may be here", from);
        }
        switch (present()) {
          case START_OBJECT, START_ARRAY -> depth++;
          case END_OBJECT, END_ARRAY -> forget(--depth);
          case FIELD_NAME -> requireNew(depth);
          default -> requireMeasure();
        }
        copied(copy);
      } while (depth > 0 && next() != null);
      try (JsonParser copied = copy.asParser()) {
        copied.nextToken();
        return RecordJson.read(copied);
      }
    }
  }

  private void copied(TokenBuffer copy) throws IOException {
    try {
      copy.copyCurrentEvent(parser);
    } catch (IOException e) {
      throw text.malformed(e);
    }
  }

  /** Where the reader stands, for a sentence. */
  String place() {
    JsonLocation at = parser.currentTokenLocation();
    return "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  private void requireEnd() throws IOException {
    if (token == null) {
      return;
    }
    JsonToken last = token;
    if (next() != null) {
      String hint =
          last == JsonToken.END_OBJECT && atObject()
              ? "another object begins here. Post a record a line as application/x-ndjson, or put the records in a list"
              : "there is more text after the end of the value";
      throw text.malformed(hint, text.tokenStart());
    }
  }
}
