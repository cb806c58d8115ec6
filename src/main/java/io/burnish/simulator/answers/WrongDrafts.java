package io.burnish.simulator.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.answers.TextNumber.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Drafts that a model may write before its answer: documents as complete as the answer, with other
 * prices. If the text has another amount, the draft has that one; otherwise a check against the
 * text would refuse the draft. Stateless.
 */
public final class WrongDrafts {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private WrongDrafts() {}

  /** A copy of a correct answer to these records, with every price changed. */
  public static ObjectNode of(ObjectNode answer, List<JsonNode> records) {
    ObjectNode draft = answer.deepCopy();
    for (int i = 0; i < records.size(); i++) {
      changePrice((ObjectNode) draft.get("records").get(i), records.get(i));
    }
    return draft;
  }

  private static void changePrice(ObjectNode answer, JsonNode record) {
    BigDecimal price = answer.path("price").decimalValue();
    Optional<TextNumber> other = otherPrice(record, price);
    if (other.isPresent()) {
      boolean percent = other.get().unit() == Unit.PERCENT;
      answer.put("price", other.get().value());
      answer.put("discount_type", percent ? "percentage" : "fixed_amount");
    } else {
      answer.put("price", price.add(BigDecimal.ONE));
    }
  }

  /** Another number that could be a price; percentages and money before former prices. */
  private static Optional<TextNumber> otherPrice(JsonNode record, BigDecimal price) {
    List<TextNumber> numbers =
        TextNumbers.in(DiscountReader.allOf(record)).stream()
            .filter(number -> !number.is(price) && number.value().signum() > 0)
            .filter(
                number -> number.unit() != Unit.PERCENT || number.value().compareTo(HUNDRED) <= 0)
            .toList();
    return numbers.stream()
        .filter(number -> number.unit() == Unit.PERCENT || number.unit() == Unit.MONEY)
        .findFirst()
        .or(
            () ->
                numbers.stream().filter(number -> number.unit() == Unit.FORMER_PRICE).findFirst());
  }
}
