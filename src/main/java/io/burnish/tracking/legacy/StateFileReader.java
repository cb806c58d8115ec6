package io.burnish.tracking.legacy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.burnish.record.Excerpt;
import io.burnish.record.JsonText;
import io.burnish.record.MalformedJsonException;
import io.burnish.record.StorableText;
import io.burnish.tracking.legacy.StateFile.Entries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a state file token by token, so that each mistake has a line and column. Holds the names of
 * models and a hash of each id, about 64 bytes per id.
 */
final class StateFileReader {

  /** Most ids per file: they are written in one transaction. */
  private static final int MOST = 500_000;

  /** No provider has that many. */
  private static final int MOST_MODELS = 10_000;

  /**
   * Longer than {@link StateFile#LONGEST_NAME}, so that this reader reports ids that are too long.
   */
  private static final int LONGEST_TEXT = 5_000;

  private static final String WHOLE = "the file";
  private static final String LISTS = StateFile.PROCESSED + " and " + StateFile.FAILED;

  private final JsonText text;
  private final JsonParser parser;
  private final Entries entries;
  private final Set<String> given = new HashSet<>();
  private final Set<String> models = new HashSet<>();
  private final Set<Long> processed = new HashSet<>();
  private final Set<Long> failed = new HashSet<>();
  private int passedOver;
  private @Nullable JsonToken token;

  private StateFileReader(JsonText text, Entries entries) {
    this.text = text;
    this.parser = text.parser();
    this.entries = entries;
  }

  /**
   * Reads the entries of a file, up to the first mistake.
   *
   * @return the file, with its counts
   * @throws StateFileException when it is not JSON or not a state file
   */
  static StateFile read(JsonText.Source source, Entries entries) {
    try (JsonText text = JsonText.check(source, LONGEST_TEXT)) {
      return new StateFileReader(text, entries).file(source);
    } catch (MalformedJsonException e) {
      throw new StateFileException("", e.withLocation(), e.line(), e.column());
    } catch (IOException e) {
      throw new UncheckedIOException("a state file could not be read from disk again", e);
    }
  }

  private @Nullable JsonToken next() throws IOException {
    token = text.next();
    return token;
  }

  private StateFile file(JsonText.Source source) throws IOException {
    if (next() != JsonToken.START_OBJECT) {
      throw error(
          WHOLE,
          token == null
              ? "is empty; it must be a JSON object with the lists " + LISTS
              : "must be a JSON object with the lists " + LISTS);
    }
    while (next() != JsonToken.END_OBJECT) {
      field(parser.currentName());
    }
    if (!given.contains(StateFile.PROCESSED) && !given.contains(StateFile.FAILED)) {
      throw error(
          WHOLE,
          "names neither %s nor %s; is it a state file?"
              .formatted(StateFile.PROCESSED, StateFile.FAILED));
    }
    if (next() != null) {
      throw error("", "there is more text after the end of the object");
    }
    long failedOnly = failed.stream().filter(key -> !processed.contains(key)).count();
    return new StateFile(
        source, processed.size(), Math.toIntExact(failedOnly), models.size(), passedOver);
  }

  private void field(String field) throws IOException {
    boolean known =
        Set.of(StateFile.PROCESSED, StateFile.FAILED, StateFile.TIMES_429).contains(field);
    if (known && !given.add(field)) {
      throw error(field, "is given twice");
    }
    next();
    if (field.equals(StateFile.PROCESSED)) {
      keys(field, processed);
    } else if (field.equals(StateFile.FAILED)) {
      keys(field, failed);
    } else if (field.equals(StateFile.TIMES_429)) {
      counts(field);
    } else {
      skip();
    }
  }

  private void skip() throws IOException {
    int depth = 0;
    do {
      depth += token != null && token.isStructStart() ? 1 : 0;
      depth -= token != null && token.isStructEnd() ? 1 : 0;
    } while (depth > 0 && next() != null);
  }

  private void keys(String field, Set<Long> different) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    if (token != JsonToken.START_ARRAY) {
      throw error(field, "must be a list of ids");
    }
    for (int i = 0; next() != JsonToken.END_ARRAY; i++) {
      String place = "%s[%d]".formatted(field, i);
      String key = key(place).strip();
      if (key.isEmpty()) {
        passedOver++;
        continue;
      }
      if (different.add(hash(key)) && processed.size() + failed.size() > MOST) {
        throw error(
            place,
            "a file may list %,d ids at most. Send it in several files: each is added to what is tracked"
                .formatted(MOST));
      }
      entries.key(key, different == processed);
    }
  }

  /** A collision is unlikely, and affects only the counts. */
  private static long hash(String key) {
    return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
  }

  private String key(String place) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return "";
    }
    if (token != JsonToken.VALUE_STRING && !(token != null && token.isNumeric())) {
      throw error(place, "must be an id: text or a number");
    }
    return named(place, text.text());
  }

  private void counts(String field) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    if (token != JsonToken.START_OBJECT) {
      throw error(field, "must be an object that counts 429s by model");
    }
    while (next() != JsonToken.END_OBJECT) {
      String model = parser.currentName();
      String place = field + "." + model;
      named(place, model);
      next();
      if (!models.add(model)) {
        throw error(place, "is given twice");
      }
      if (models.size() > MOST_MODELS) {
        throw error(field, "may name %,d models at most".formatted(MOST_MODELS));
      }
      entries.times429(model, times(place));
    }
  }

  private int times(String place) throws IOException {
    boolean fits =
        token == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() == JsonParser.NumberType.INT
            && parser.getIntValue() >= 0;
    if (!fits) {
      throw error(place, "must be a whole number, 0 or more");
    }
    return parser.getIntValue();
  }

  private String named(String place, String name) throws IOException {
    if (name.length() > StateFile.LONGEST_NAME) {
      throw error(place, "must have %d characters at most".formatted(StateFile.LONGEST_NAME));
    }
    if (!StorableText.is(name)) {
      throw error(place, "must not have a NUL character or half a surrogate pair");
    }
    return name;
  }

  private StateFileException error(String place, String message) throws IOException {
    MalformedJsonException at = text.malformed(message, text.tokenStart());
    String field = Excerpt.of(place);
    String where = place.isEmpty() ? "not JSON" : field;
    return new StateFileException(
        field,
        "%s at line %d, column %d: %s".formatted(where, at.line(), at.column(), message),
        at.line(),
        at.column());
  }
}
