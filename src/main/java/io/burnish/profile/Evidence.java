package io.burnish.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.amount.AmountKind;
import io.burnish.record.RecordJson;
import java.util.Map;

/**
 * The place in a record that proves a value.
 *
 * @param field name of the record's field
 * @param start offset of the first character in the original field, in UTF-16 units; in the field's
 *     JSON text if it is not a text
 * @param end offset after the last character; greater than {@code start}
 * @param text the characters from {@code start} to {@code end}
 * @param as how they were read
 */
public record Evidence(String field, int start, int end, String text, AmountKind as) {

  /**
   * Checks the offsets.
   *
   * @throws IllegalArgumentException if they do not match the length of {@code text}, or it is
   *     empty
   */
  public Evidence {
    if (start < 0 || end <= start || text.length() != end - start) {
      throw new IllegalArgumentException(
          "a text of %d characters cannot be at %d to %d".formatted(text.length(), start, end));
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

  /** Evidence as JSON, by the names of the answered fields. */
  public static ObjectNode json(Map<String, Evidence> byAnswered) {
    ObjectNode json = RecordJson.object();
    byAnswered.forEach((answered, evidence) -> json.set(answered, evidence.json()));
    return json;
  }
}
