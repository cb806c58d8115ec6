package io.burnish.validation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.RecordJson;
import java.util.Map;
import java.util.Objects;

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
public record Evidence(String field, int start, int end, String text, Reading as) {

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

  /** What characters were read as. */
  public enum Reading {
    /** An amount of money. */
    MONEY("money"),
    /** A percentage. */
    PERCENT("percent"),
    /** Words for one more at no charge. */
    ONE_PLUS_ONE("one_plus_one"),
    /** Words for half the price. */
    HALF("half"),
    /** Words for no charge. */
    FREE("free"),
    /** A number without currency or percent sign. */
    BARE("bare");

    private final String word;

    Reading(String word) {
      this.word = word;
    }

    /** The word in JSON; stable. */
    public String word() {
      return word;
    }
  }

  /**
   * The evidence of the characters from {@code start} to {@code end} of a field's text.
   *
   * @throws IndexOutOfBoundsException when the text is shorter
   */
  public static Evidence of(String field, String whole, int start, int end, Reading as) {
    Objects.checkFromToIndex(start, end, whole.length());
    return new Evidence(field, start, end, whole.substring(start, end), as);
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
