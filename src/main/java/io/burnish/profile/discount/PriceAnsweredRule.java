package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Evidence;
import io.burnish.profile.Judgement;
import io.burnish.profile.Judgement.Refused;
import io.burnish.profile.Judgement.Unanswerable;
import io.burnish.profile.Quoted;
import io.burnish.profile.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The price is null only where no amount of the text could be the offer's price. An answer with a
 * null price is judged by this alone.
 */
final class PriceAnsweredRule {

  private PriceAnsweredRule() {}

  /**
   * Whether the answer names no price: a null, or, where the job lets fields be missing, a missing
   * price. A price of another type is named, and refused by other rules.
   */
  static boolean applies(ObjectNode answer, Set<String> switchedOff) {
    return answer.path("price").isNull()
        || (!answer.has("price") && switchedOff.contains(FieldsPresentRule.NAME));
  }

  /**
   * What follows from a null price. It is never accepted: it is believed, so that the record fails,
   * or refused. A job that has switched {@link AnswerRules#NO_PRICE_IN_SOURCE} off wants a price
   * whatever the text says, so that no null is believed.
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
                        .formatted(Quoted.text(amount.text()), amount.field()))
            .orElse("price was null, but this job wants a price for each record");
    return new Refused(List.of(new Violation(AnswerRules.PRICE_NOT_ANSWERED, sentence, possible)));
  }
}
