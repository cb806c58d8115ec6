package io.burnish.tracking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Walks a state file token by token, so that each mistake can be shown where it is. */
final class StateFileReader {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String WHOLE = "the file";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String text;
  private final JsonParser parser;
  private final List<String> processed = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final Map<String, Integer> times429 = new HashMap<>();
  private boolean listed;

  private StateFileReader(String text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  static StateFile read(byte[] body) {
    String text = decoded(body);
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new StateFileReader(text, parser).file();
    } catch (JsonProcessingException e) {
      throw mistake(text, "", e.getOriginalMessage(), e.getLocation());
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory could not be read", e);
    }
  }

  private static String decoded(byte[] body) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(body.length);
    boolean broken = decoder.decode(ByteBuffer.wrap(body), text, true).isError();
    String read = text.flip().toString();
    if (broken) {
      throw mistake(read, "", "the text is not UTF-8", read.length());
    }
    return read.isEmpty() || read.charAt(0) != BYTE_ORDER_MARK ? read : " " + read.substring(1);
  }

  private StateFile file() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw mistake(
          WHOLE, "must be a JSON object with the lists processed_discounts and failed_discounts");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case StateFile.PROCESSED -> keys(field, processed);
        case StateFile.FAILED -> keys(field, failed);
        case StateFile.TIMES_429 -> counts(field);
        default -> parser.skipChildren();
      }
    }
    if (!listed) {
      throw mistake(
          WHOLE, "names neither processed_discounts nor failed_discounts; is it a state file?");
    }
    if (parser.nextToken() != null) {
      throw mistake("", "there is more text after the end of the object");
    }
    return new StateFile(processed, failed, times429, "");
  }

  private void keys(String field, List<String> keys) throws IOException {
    listed = true;
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw mistake(field, "must be a list of ids");
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      String key = key("%s[%d]".formatted(field, i)).strip();
      if (!key.isEmpty()) {
        keys.add(key);
      }
    }
  }

  private String key(String place) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> named(place, parser.getText());
      case VALUE_NULL -> "";
      default -> throw mistake(place, "must be an id: text or a number");
    };
  }

  private void counts(String field) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw mistake(field, "must be an object that counts 429s by model");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String model = parser.currentName();
      String place = field + "." + model;
      named(place, model);
      parser.nextToken();
      times429.put(model, times(place));
    }
  }

  private int times(String place) throws IOException {
    boolean fits =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() == JsonParser.NumberType.INT
            && parser.getIntValue() >= 0;
    if (!fits) {
      throw mistake(place, "must be a whole number, 0 or more");
    }
    return parser.getIntValue();
  }

  private String named(String place, String name) {
    if (name.length() > StateFile.LONGEST_NAME) {
      throw mistake(place, "must have %d characters at most".formatted(StateFile.LONGEST_NAME));
    }
    return name;
  }

  private StateFileException mistake(String place, String message) {
    return mistake(text, place, message, parser.currentTokenLocation());
  }

  private static StateFileException mistake(
      String text, String place, String message, JsonLocation location) {
    long offset = location == null ? 0 : location.getCharOffset();
    return mistake(text, place, message, (int) Math.max(0, Math.min(offset, text.length())));
  }

  private static StateFileException mistake(String text, String place, String message, int at) {
    int lineStart = text.lastIndexOf('\n', at - 1) + 1;
    int line = 1 + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    int column = text.codePointCount(lineStart, at) + 1;
    String what = place.isEmpty() ? "not JSON" : place;
    return new StateFileException(
        place,
        "%s at line %d, column %d: %s"
            .formatted(what, line, column, message.replaceAll("\\s+", " ")),
        line,
        column);
  }
}
