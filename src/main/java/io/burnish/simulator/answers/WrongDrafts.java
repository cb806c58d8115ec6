package io.burnish.simulator.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.answers.TextNumber.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What a model may write before its answer: a document as complete as the answer, with other
 * prices. Where the text has another amount, the draft has that one, so that it is not refused for
 * a price that does not stand there. Stateless.
 */
public final class WrongDrafts {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private WrongDrafts() {}

  /** A copy of a good answer to these questions, each price another. */
  public static ObjectNode wrong(ObjectNode answer, List<JsonNode> questions) {
    ObjectNode draft = answer.deepCopy();
    for (int i = 0; i < questions.size(); i++) {
      misread((ObjectNode) draft.get("records").get(i), questions.get(i));
    }
    return draft;
  }

  private static void misread(ObjectNode record, JsonNode question) {
    BigDecimal price = record.path("price").decimalValue();
    Optional<TextNumber> other = other(question, price);
    if (other.isPresent()) {
      boolean percent = other.get().unit() == Unit.PERCENT;
      record.put("price", other.get().value());
      record.put("discount_type", percent ? "percentage" : "fixed_amount");
    } else {
      record.put("price", price.add(BigDecimal.ONE));
    }
  }

  /** An amount that could be a price, but is not this one: percent and money before all others. */
  private static Optional<TextNumber> other(JsonNode question, BigDecimal price) {
    List<TextNumber> amounts =
        TextNumbers.in(DiscountReader.allOf(question)).stream()
            .filter(amount -> !amount.is(price) && amount.value().signum() > 0)
            .filter(
                amount -> amount.unit() != Unit.PERCENT || amount.value().compareTo(HUNDRED) <= 0)
            .toList();
    return amounts.stream()
        .filter(amount -> amount.unit() == Unit.PERCENT || amount.unit() == Unit.MONEY)
        .findFirst()
        .or(
            () ->
                amounts.stream().filter(amount -> amount.unit() == Unit.FORMER_PRICE).findFirst());
  }
}
