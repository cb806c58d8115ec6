package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Display;
import io.burnish.profile.Evidence;
import io.burnish.profile.FieldsPresentRule;
import io.burnish.profile.Judgement;
import io.burnish.profile.Judgement.Refused;
import io.burnish.profile.Judgement.Unanswerable;
import io.burnish.profile.Violation;
import io.burnish.profile.discount.text.OfferText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The price is null only if no amount of the text could be the price of the offer. No other rule
 * applies to an answer with a null price.
 */
final class PriceAnsweredRule {

  private PriceAnsweredRule() {}

  /**
   * Whether the price is null, or missing in a job that allows missing fields. A price of another
   * JSON type is refused by other rules.
   */
  static boolean applies(ObjectNode answer, Set<String> switchedOff) {
    return answer.path("price").isNull()
        || (!answer.has("price") && switchedOff.contains(FieldsPresentRule.NAME));
  }

  /**
   * The judgement of a null price: unanswerable, so that the record fails, or refused. If a job has
   * switched {@link AnswerRules#NO_PRICE_IN_SOURCE} off, it is always refused.
   */
  static Judgement judge(OfferText source, Set<String> switchedOff) {
    Evidence possible = source.possiblePrice().orElse(null);
    if (switchedOff.contains(AnswerRules.NO_PRICE_IN_SOURCE)) {
      return refused(possible);
    }
    if (possible != null && !switchedOff.contains(AnswerRules.PRICE_NOT_ANSWERED)) {
      return refused(possible);
    }
    return new Unanswerable(
        new Violation(
            AnswerRules.NO_PRICE_IN_SOURCE,
            "the answer says that the text names no price of the offer"
                + (possible == null ? ", and no amount in the text could be it" : "")));
  }

  private static Judgement refused(@Nullable Evidence possible) {
    String sentence =
        Optional.ofNullable(possible)
            .map(
                amount ->
                    "price was null, but %s in %s could be the price of the offer"
                        .formatted(Display.text(amount.text()), amount.field()))
            .orElse("price was null, but this job wants a price for each record");
    return new Refused(List.of(new Violation(AnswerRules.PRICE_NOT_ANSWERED, sentence, possible)));
  }
}
