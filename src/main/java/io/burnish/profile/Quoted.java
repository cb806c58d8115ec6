package io.burnish.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.List;

/** How values of an answer are shown in sentences: short, whatever a model may have written. */
public final class Quoted {

  private static final int LONGEST = 60;

  private Quoted() {}

  /** The value in JSON notation, shortened. */
  public static String of(JsonNode value) {
    return shortened(value.toString());
  }

  /** The text as a JSON string, shortened. */
  public static String text(String text) {
    return of(JsonNodeFactory.instance.textNode(text));
  }

  /** The number without exponent where that is short. */
  public static String of(BigDecimal number) {
    return Math.abs((long) number.scale()) > LONGEST
        ? shortened(number.toString())
        : shortened(number.toPlainString());
  }

  /** The names, comma-separated. */
  public static String of(List<String> names) {
    return String.join(", ", names);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
