package io.burnish.enhancement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the JSON in what a model wrote: alone, in a fence, among prose, or cut off. One pass over
 * the text, whatever it is.
 */
final class AnswerText {

  /** Forgives a comma too many; a key given twice is no answer, as either value may be meant. */
  private static final ObjectMapper LENIENT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  /** Where an answer begins, the surest sign first. */
  private static final List<Pattern> BEGINNINGS =
      List.of(
          Pattern.compile("\\{\\s*\"records\"\\s*:"),
          Pattern.compile("\\[\\s*\\{\\s*\""),
          Pattern.compile("\\{\\s*\""));

  private final String text;

  /** How much of the answer there is. */
  enum State {
    /** It ends where it should. */
    WHOLE,
    /** It ends in the midst; what was complete by then is there. */
    CUT_OFF,
    /** There is no JSON object in it. */
    NOT_JSON
  }

  /**
   * What was found.
   *
   * @param entries one for each record that seems answered, unchecked
   */
  record Content(State state, List<ObjectNode> entries) {}

  private AnswerText(String text) {
    this.text = text;
  }

  static Content read(String rawAnswer) {
    Optional<JsonNode> whole = parse(rawAnswer.replace("\uFEFF", "").strip());
    if (whole.isPresent() && whole.get().isContainerNode()) {
      return new Content(State.WHOLE, entriesOf(whole.get()));
    }
    for (Pattern beginning : BEGINNINGS) {
      Matcher found = beginning.matcher(rawAnswer);
      if (found.find()) {
        return new AnswerText(rawAnswer.substring(found.start())).embedded();
      }
    }
    return new Content(State.NOT_JSON, List.of());
  }

  /** The value this text begins with, or the objects that are complete within it. */
  private Content embedded() {
    List<String> innermost = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    boolean quoted = false;
    int lastOpened = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        open.push(i);
        lastOpened = c == '{' ? i : lastOpened;
      } else if (c == '}' || c == ']') {
        int start = open.pop();
        if (c == '}' && start == lastOpened) {
          innermost.add(text.substring(start, i + 1));
        }
        if (open.isEmpty()) {
          return ended(text.substring(0, i + 1), innermost);
        }
      }
    }
    return new Content(State.CUT_OFF, parsed(innermost));
  }

  private static Content ended(String value, List<String> innermost) {
    return parse(value)
        .map(whole -> new Content(State.WHOLE, entriesOf(whole)))
        .orElseGet(
            () -> {
              List<ObjectNode> entries = parsed(innermost);
              return new Content(entries.isEmpty() ? State.NOT_JSON : State.WHOLE, entries);
            });
  }

  private static List<ObjectNode> parsed(List<String> objects) {
    List<ObjectNode> parsed = new ArrayList<>();
    for (String object : objects) {
      if (parse(object).orElse(null) instanceof ObjectNode entry && entry.has("ref")) {
        parsed.add(entry);
      }
    }
    return parsed;
  }

  /** The list of the document; or a bare list; or a lone object, which may itself be the answer. */
  private static List<ObjectNode> entriesOf(JsonNode value) {
    JsonNode records = value.path("records");
    if (value.isObject() && !records.isContainerNode()) {
      return List.of((ObjectNode) value);
    }
    JsonNode list = value.isObject() ? records : value;
    if (list instanceof ObjectNode only) {
      return List.of(only);
    }
    List<ObjectNode> entries = new ArrayList<>();
    for (JsonNode entry : list) {
      if (entry instanceof ObjectNode object) {
        entries.add(object);
      }
    }
    return entries;
  }

  private static Optional<JsonNode> parse(String json) {
    try {
      return Optional.ofNullable(LENIENT.readTree(json));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // a model may write anything; the caller tells what is missing
    }
  }
}
