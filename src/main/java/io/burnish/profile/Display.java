package io.burnish.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.List;

/** Values of an answer as sentences show them: at most 60 characters. */
public final class Display {

  private static final int MAX_LENGTH = 60;

  private Display() {}

  /** The value in JSON notation, shortened. */
  public static String of(JsonNode value) {
    return shortened(value.toString());
  }

  /** The text as a JSON string, shortened. */
  public static String text(String text) {
    return of(JsonNodeFactory.instance.textNode(text));
  }

  /** The number, without an exponent where that is short. */
  public static String of(BigDecimal number) {
    return Math.abs((long) number.scale()) > MAX_LENGTH
        ? shortened(number.toString())
        : shortened(number.toPlainString());
  }

  /** The names, comma-separated. */
  public static String of(List<String> names) {
    return String.join(", ", names);
  }

  private static String shortened(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
