package io.burnish.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.fixtures.Discounts;
import java.util.stream.IntStream;

/** Discounts with texts as long as scraped ones, in Hebrew of our own. */
final class LongTexts {

  private static final String SENTENCE =
      "ההטבה ניתנת לחברי המועדון בכל סניפי הרשת ובאתר, בהצגת כרטיס חבר ותעודה מזהה בלבד. ";

  private static final int USUAL = 1_500;

  private LongTexts() {}

  /** So many discounts of 1,500 characters each. */
  static ObjectNode[] discounts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> discount("" + i, USUAL))
        .toArray(ObjectNode[]::new);
  }

  /** A discount of so many characters. */
  static ObjectNode discount(String id, int characters) {
    ObjectNode discount = Discounts.readable(id, "20% הנחה");
    discount.put(
        "terms_and_conditions",
        SENTENCE.repeat(1 + characters / SENTENCE.length()).substring(0, characters));
    return discount;
  }
}
