package io.burnish.intake.records;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.record.Excerpt;
import io.burnish.record.JsonText;
import io.burnish.record.MalformedJsonException;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks the values of a body, token by token, and checks what Jackson does not: that no object has
 * a name twice, and that numbers can be calculated with. Holds the names of one value's fields.
 */
class JsonCursor {

  /** Largest value outside of records, in characters: the options of a job are a dozen tokens. */
  private static final long LARGEST_OPTION = 64_000;

  /** Most digits of an exponent; a number beyond this can't be calculated with. */
  private static final int LONGEST_EXPONENT = 4;

  /** A set that had more names is not kept for the next object. */
  private static final int MANY_NAMES = 1_000;

  final JsonText text;
  final JsonParser parser;
  private final JsonText.Source source;
  private final long maxRecord;
  private final List<Set<String>> names = new ArrayList<>();
  private @Nullable JsonToken token;

  /**
   * @param maxRecord largest record, in bytes; names of a larger value are not all checked
   */
  JsonCursor(JsonText text, JsonText.Source source, long maxRecord) {
    this.text = text;
    this.parser = text.parser();
    this.source = source;
    this.maxRecord = maxRecord;
  }

  /** The token, or null at the end of the text. */
  final @Nullable JsonToken token() {
    return token;
  }

  final JsonToken present() {
    return Objects.requireNonNull(token);
  }

  /** Whether the next value is a list. */
  public final boolean atList() {
    return token == JsonToken.START_ARRAY;
  }

  /** Whether the next value is an object. */
  public final boolean atObject() {
    return token == JsonToken.START_OBJECT;
  }

  /** Whether no value is left. */
  public final boolean atEnd() {
    return token == null;
  }

  final @Nullable JsonToken next() throws IOException {
    token = text.next();
    return token;
  }

  /** Reads the value of a field. */
  @FunctionalInterface
  public interface Field {
    void read(String name) throws IOException;
  }

  /** Reads an element of a list. */
  @FunctionalInterface
  public interface Element {
    void read() throws IOException;
  }

  /** Reads each field of the object at the cursor; {@code field} starts at the field's value. */
  public final void fields(Field field) throws IOException {
    while (next() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      next();
      field.read(name);
    }
  }

  /** Reads each element of the list at the cursor. */
  public final void elements(Element element) throws IOException {
    while (next() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  /** Goes to the end of the value at the cursor, without the checks of {@link #walk}. */
  public final void skip() throws IOException {
    if (token == null || !token.isStructStart()) {
      return;
    }
    int depth = 1;
    while (depth > 0) {
      JsonToken at = Objects.requireNonNull(next());
      depth += at.isStructStart() ? 1 : at.isStructEnd() ? -1 : 0;
    }
  }

  /** Goes to the end of the value at the cursor, and checks its names and numbers. */
  final void walk() throws IOException {
    int depth = 0;
    long named = 0;
    do {
      switch (present()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> forgetNames(--depth);
        case FIELD_NAME -> {
          named += parser.currentName().length() + 4L;
          if (named <= maxRecord) {
            requireNewName(depth);
          }
        }
        case VALUE_NUMBER_FLOAT -> requireShortExponent();
        default -> {}
      }
    } while (depth > 0 && next() != null);
  }

  private void requireNewName(int depth) throws IOException {
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

  private void forgetNames(int depth) {
    if (depth < names.size()) {
      if (names.get(depth).size() > MANY_NAMES) {
        names.set(depth, new HashSet<>());
      } else {
        names.get(depth).clear();
      }
    }
  }

  private void requireShortExponent() throws IOException {
    String number = text.text();
    int exponent = Math.max(number.lastIndexOf('e'), number.lastIndexOf('E'));
    if (exponent < 0) {
      return;
    }
    char sign = number.charAt(exponent + 1);
    int digits = number.length() - exponent - (sign == '-' || sign == '+' ? 2 : 1);
    if (digits > LONGEST_EXPONENT) {
      throw text.malformed(
          "the exponent of this number has more than %d digits".formatted(LONGEST_EXPONENT),
          text.tokenStart());
    }
  }

  /**
   * The value at the cursor, which must be small: a name, options. Leaves the cursor at its end.
   *
   * @throws MalformedJsonException when it is large, or has a name twice
   */
  public final JsonNode value() throws IOException {
    long from = text.tokenStart();
    long offset = text.byteOffset(from);
    walk();
    if (!present().isStructEnd()) {
      text.text();
      return RecordJson.read(parser);
    }
    if (text.position() - from > LARGEST_OPTION) {
      throw text.malformed("this value is much larger than it may be here", from);
    }
    try (JsonText again = JsonText.read(source, offset)) {
      again.next();
      return RecordJson.read(again.parser());
    }
  }

  /** Line and column of the token, for a sentence. */
  public final String where() {
    JsonLocation at = parser.currentTokenLocation();
    return "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }
}
