package io.burnish.validation;

import io.burnish.validation.Evidence.Reading;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a field as its owner wrote it what was found in its normal text. Where it can't be found
 * there, because it is written with entities or in other digits, the field's beginning stands for
 * it.
 */
final class Spans {

  private static final Pattern NUMBER =
      Pattern.compile("(?:\\p{Sc} ?)?(\\d(?:[\\d.,]*\\d)?)(?: ?(?:%|\\p{Sc}))?");

  /** Characters of a field's beginning that stand for what can't be found. */
  private static final int BEGINNING = 60;

  private Spans() {}

  /** The number with its sign; empty when it can't be found. */
  static Optional<Evidence> ofNumber(NumberInText number, BigDecimal value) {
    String text = number.passage().text();
    Matcher candidate = NUMBER.matcher(text);
    while (candidate.find()) {
      if (NumberNotation.readings(candidate.group(1)).stream()
          .anyMatch(reading -> reading.compareTo(value) == 0)) {
        return Optional.of(
            Evidence.of(
                number.passage().field(), text, candidate.start(), candidate.end(), as(number)));
      }
    }
    return Optional.empty();
  }

  static Evidence ofBuyOneGetOne(Passage passage) {
    return ofWords(passage, OfferWording.BUY_ONE_GET_ONE, Reading.ONE_PLUS_ONE);
  }

  static Evidence ofHalf(Passage passage) {
    return ofWords(passage, OfferWording.HALF, Reading.HALF);
  }

  static Evidence ofFree(Passage passage) {
    return ofWords(passage, OfferWording.FREE, Reading.FREE);
  }

  private static Evidence ofWords(Passage passage, Pattern words, Reading as) {
    Matcher found = words.matcher(passage.text());
    return found.find()
        ? Evidence.of(passage.field(), passage.text(), found.start(), found.end(), as)
        : whole(passage, as);
  }

  /** The beginning of the field. */
  static Evidence whole(Passage passage, Reading as) {
    String text = passage.text();
    int end = Math.min(text.length(), BEGINNING);
    if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
      end--;
    }
    return Evidence.of(passage.field(), text, 0, end, as);
  }

  private static Reading as(NumberInText number) {
    return switch (number.use()) {
      case PERCENTAGE -> Reading.PERCENT;
      case MONEY -> Reading.MONEY;
      case OFF, BARE, FORMER_PRICE, THRESHOLD, OTHER -> Reading.BARE;
    };
  }
}
