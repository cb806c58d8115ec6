package io.burnish.profile.discount.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.record.RecordJson;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The sections of a field: its text, or each value in a list or object. A key such as {@code
 * oldPrice} is read as the words "old price".
 */
final class JsonSections {

  private static final Pattern WORDS_OF_KEY = Pattern.compile("(?<=[a-z])(?=[A-Z])|[_-]");

  /** Keys of the ends of a range. As words they would mean a minimum spend. */
  private static final Pattern END_OF_RANGE = Pattern.compile("(?i)min|max|low|high");

  private final String field;
  private final TextSection.Kind kind;
  private final StringBuilder json = new StringBuilder();
  private final List<TextSection> sections = new ArrayList<>();

  private JsonSections(String field, TextSection.Kind kind) {
    this.field = field;
    this.kind = kind;
  }

  /** In the order of the JSON text; empty for a value that is missing or null. */
  static List<TextSection> of(String field, TextSection.Kind kind, JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (value.isTextual()) {
      return List.of(new TextSection(field, kind, value.textValue()));
    }
    JsonSections sections = new JsonSections(field, kind);
    sections.add("", value);
    return sections.sections;
  }

  private void add(String key, JsonNode value) {
    if (value instanceof ArrayNode list) {
      json.append('[');
      for (Iterator<JsonNode> members = list.iterator(); members.hasNext(); ) {
        add(key, members.next());
        json.append(members.hasNext() ? "," : "");
      }
      json.append(']');
    } else if (value instanceof ObjectNode object) {
      json.append('{');
      for (Iterator<Map.Entry<String, JsonNode>> members = object.properties().iterator();
          members.hasNext(); ) {
        Map.Entry<String, JsonNode> member = members.next();
        json.append(RecordJson.write(TextNode.valueOf(member.getKey()))).append(':');
        add(member.getKey(), member.getValue());
        json.append(members.hasNext() ? "," : "");
      }
      json.append('}');
    } else {
      addValue(key, value);
    }
  }

  private void addValue(String key, JsonNode value) {
    String written = RecordJson.write(value);
    boolean plain = value.isTextual() && written.length() == value.textValue().length() + 2;
    String text = plain ? value.textValue() : written;
    sections.add(new TextSection(field, kind, text, json.length() + (plain ? 1 : 0), words(key)));
    json.append(written);
  }

  private static String words(String key) {
    if (key.isEmpty() || END_OF_RANGE.matcher(key).matches()) {
      return "";
    }
    return WORDS_OF_KEY.matcher(key).replaceAll(" ") + ": ";
  }
}
