package io.burnish.tracking;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.burnish.record.BrokenJsonException;
import io.burnish.record.Excerpt;
import io.burnish.record.JsonText;
import io.burnish.record.StorableText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks a state file token by token, so that each mistake can be shown where it is. */
final class StateFileReader {

  /** Ids and models of a file at most: it is held in memory. */
  private static final int MOST = 500_000;

  /** Ids have 500 characters at most; the reader itself says so for a while beyond that. */
  private static final int LONGEST_TEXT = 5_000;

  private static final String WHOLE = "the file";
  private final JsonText text;
  private final JsonParser parser;
  private final Set<String> processed = new HashSet<>();
  private final Set<String> failed = new HashSet<>();
  private final Map<String, Integer> times429 = new HashMap<>();
  private final Set<String> given = new HashSet<>();
  private int passedOver;
  private @Nullable JsonToken token;

  private StateFileReader(JsonText text) {
    this.text = text;
    this.parser = text.parser();
  }

  static StateFile read(byte[] body) {
    JsonText.Source source =
        from -> new ByteArrayInputStream(body, (int) from, body.length - (int) from);
    try (JsonText text = JsonText.check(source, LONGEST_TEXT)) {
      return new StateFileReader(text).file();
    } catch (BrokenJsonException e) {
      throw new StateFileException("", e.explained(), e.line(), e.column());
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory could not be read", e);
    }
  }

  private @Nullable JsonToken next() throws IOException {
    token = text.next();
    return token;
  }

  private StateFile file() throws IOException {
    if (next() != JsonToken.START_OBJECT) {
      throw mistake(
          WHOLE,
          token == null
              ? "is empty; it must be a JSON object with the lists processed_discounts and failed_discounts"
              : "must be a JSON object with the lists processed_discounts and failed_discounts");
    }
    while (next() != JsonToken.END_OBJECT) {
      field(parser.currentName());
    }
    if (!given.contains(StateFile.PROCESSED) && !given.contains(StateFile.FAILED)) {
      throw mistake(
          WHOLE, "names neither processed_discounts nor failed_discounts; is it a state file?");
    }
    if (next() != null) {
      throw mistake("", "there is more text after the end of the object");
    }
    return new StateFile(processed, failed, times429, "", passedOver);
  }

  private void field(String field) throws IOException {
    boolean known =
        Set.of(StateFile.PROCESSED, StateFile.FAILED, StateFile.TIMES_429).contains(field);
    if (known && !given.add(field)) {
      throw mistake(field, "is given twice");
    }
    next();
    switch (field) {
      case StateFile.PROCESSED -> keys(field, processed);
      case StateFile.FAILED -> keys(field, failed);
      case StateFile.TIMES_429 -> counts(field);
      default -> skip();
    }
  }

  private void skip() throws IOException {
    int depth = 0;
    do {
      depth += token != null && token.isStructStart() ? 1 : 0;
      depth -= token != null && token.isStructEnd() ? 1 : 0;
    } while (depth > 0 && next() != null);
  }

  private void keys(String field, Set<String> keys) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    if (token != JsonToken.START_ARRAY) {
      throw mistake(field, "must be a list of ids");
    }
    for (int i = 0; next() != JsonToken.END_ARRAY; i++) {
      String place = "%s[%d]".formatted(field, i);
      String key = key(place).strip();
      if (key.isEmpty()) {
        passedOver++;
      } else if (keys.add(key) && processed.size() + failed.size() > MOST) {
        throw mistake(
            place,
            "a file may list %,d ids at most. Send it in several files: each is added to what is tracked"
                .formatted(MOST));
      }
    }
  }

  private String key(String place) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return "";
    }
    if (token != JsonToken.VALUE_STRING && !(token != null && token.isNumeric())) {
      throw mistake(place, "must be an id: text or a number");
    }
    return named(place, text.text());
  }

  private void counts(String field) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    if (token != JsonToken.START_OBJECT) {
      throw mistake(field, "must be an object that counts 429s by model");
    }
    while (next() != JsonToken.END_OBJECT) {
      String model = parser.currentName();
      String place = field + "." + model;
      named(place, model);
      next();
      times429.put(model, times(place));
      if (times429.size() > MOST) {
        throw mistake(field, "may name %,d models at most".formatted(MOST));
      }
    }
  }

  private int times(String place) throws IOException {
    boolean fits =
        token == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() == JsonParser.NumberType.INT
            && parser.getIntValue() >= 0;
    if (!fits) {
      throw mistake(place, "must be a whole number, 0 or more");
    }
    return parser.getIntValue();
  }

  private String named(String place, String name) throws IOException {
    if (name.length() > StateFile.LONGEST_NAME) {
      throw mistake(place, "must have %d characters at most".formatted(StateFile.LONGEST_NAME));
    }
    if (!StorableText.is(name)) {
      throw mistake(place, "must not have a NUL character or half a surrogate pair");
    }
    return name;
  }

  private StateFileException mistake(String place, String message) throws IOException {
    BrokenJsonException at = text.broken(message, text.tokenStart());
    String field = Excerpt.of(place);
    String where = place.isEmpty() ? "not JSON" : field;
    return new StateFileException(
        field,
        "%s at line %d, column %d: %s".formatted(where, at.line(), at.column(), message),
        at.line(),
        at.column());
  }
}
