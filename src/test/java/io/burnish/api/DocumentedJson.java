package io.burnish.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.record.RecordJson;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON of a document, in which {@code …} stands for anything, or for more. Answers are compared
 * with it by the names and the types of their fields.
 */
final class DocumentedJson {

  private static final String ANYTHING = "\u0001anything";

  private final JsonNode documented;

  private DocumentedJson(JsonNode documented) {
    this.documented = documented;
  }

  /** Reads the JSON of a code block. */
  static DocumentedJson of(String block) {
    String marked = '"' + ANYTHING.replace("\u0001", "\\u0001") + '"';
    String text =
        block
            .replaceAll("\\{\\s*…\\s*}", "{" + quoted(marked) + ":0}")
            .replaceAll("\\[\\s*…\\s*]", "[" + quoted(marked) + "]")
            .replaceAll(",\\s*…\\s*}", "," + quoted(marked) + ":0}")
            .replaceAll(",\\s*…\\s*]", "," + quoted(marked) + "]");
    return new DocumentedJson(RecordJson.read(text));
  }

  private static String quoted(String replacement) {
    return replacement.replace("\\", "\\\\");
  }

  /** How an answer differs, as sentences; empty: it does not. */
  List<String> differences(JsonNode answer) {
    List<String> differences = new ArrayList<>();
    compare("", documented, answer, differences);
    return differences;
  }

  private static void compare(
      String place, JsonNode expected, JsonNode actual, List<String> differences) {
    if (expected.isNull() || actual.isNull() || isAnything(expected)) {
      return;
    }
    if (expected.getNodeType() != actual.getNodeType()) {
      differences.add(
          "%s is %s, documented as %s"
              .formatted(place, actual.getNodeType(), expected.getNodeType()));
    } else if (expected.isObject()) {
      compareFields(place, expected, actual, differences);
    } else if (expected.isArray() && !actual.isEmpty()) {
      for (JsonNode element : expected) {
        compare(place + "[]", element, actual.get(0), differences);
      }
    }
  }

  private static void compareFields(
      String place, JsonNode expected, JsonNode actual, List<String> differences) {
    expected
        .properties()
        .forEach(
            field -> {
              String name = field.getKey();
              if (name.equals(ANYTHING) || isByName(place)) {
                return;
              }
              if (actual.has(name)) {
                compare(place + "/" + name, field.getValue(), actual.get(name), differences);
              } else {
                differences.add("%s/%s is documented, and missing".formatted(place, name));
              }
            });
    if (!expected.has(ANYTHING) && !isByName(place)) {
      actual
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!expected.has(name)) {
                  differences.add("%s/%s is not documented".formatted(place, name));
                }
              });
    }
  }

  /** The names of these fields are those of models and of the owner. */
  private static boolean isByName(String place) {
    return place.endsWith("/models") || place.endsWith("/metadata");
  }

  private static boolean isAnything(JsonNode node) {
    return node.isTextual() && node.asText().equals(ANYTHING);
  }
}
