package io.burnish.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.amount.AmountKind;
import io.burnish.record.RecordJson;
import java.util.Map;

/**
 * Where in a record a value stands.
 *
 * @param field name of the record's field
 * @param start offset of the first character in the field as its owner wrote it, in UTF-16 units; a
 *     field that is not text is read as its JSON text
 * @param end offset after the last character; over {@code start}
 * @param text the characters from {@code start} to {@code end}
 * @param as what they were read as
 */
public record Evidence(String field, int start, int end, String text, AmountKind as) {

  /**
   * Checks that text and offsets agree.
   *
   * @throws IllegalArgumentException when {@code text} is not as long as the offsets say, or empty
   */
  public Evidence {
    if (start < 0 || end <= start || text.length() != end - start) {
      throw new IllegalArgumentException(
          "a text of %d characters can't stand at %d to %d".formatted(text.length(), start, end));
    }
  }

  /** The evidence as JSON: {@code {"field","start","end","text","as"}}. */
  public ObjectNode json() {
    return RecordJson.object()
        .put("field", field)
        .put("start", start)
        .put("end", end)
        .put("text", text)
        .put("as", as.word());
  }

  /** The evidence of several answered fields as JSON, by their names. */
  public static ObjectNode json(Map<String, Evidence> byAnswered) {
    ObjectNode json = RecordJson.object();
    byAnswered.forEach((answered, evidence) -> json.set(answered, evidence.json()));
    return json;
  }
}
