package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Evidence;
import io.burnish.profile.FieldsPresentRule;
import io.burnish.profile.Judgement;
import io.burnish.profile.MembersRule;
import io.burnish.profile.NumberRule;
import io.burnish.profile.OneOfRule;
import io.burnish.profile.RuleSet;
import io.burnish.profile.Violation;
import io.burnish.profile.discount.text.DiscountType;
import io.burnish.profile.discount.text.OfferText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All rules on a discount's answer. Thread-safe. */
final class AnswerRules {

  /** The rule that refuses an answer with a null price. */
  static final String PRICE_NOT_ANSWERED = "price_not_answered";

  /** The code of a record whose text names no price. */
  static final String NO_PRICE_IN_SOURCE = "no_price_in_source";

  /** Rules that read the answer alone. */
  private final RuleSet<Object> form;

  private final RuleSet<OfferText> all;

  /**
   * @param categories allowed members of {@code category}
   * @param consumerStatuses allowed members of {@code consumer_statuses}
   */
  AnswerRules(List<String> categories, List<String> consumerStatuses) {
    form =
        RuleSet.of(
            List.of(
                new FieldsPresentRule(
                    List.of("price", "discount_type", "category", "consumer_statuses")),
                new NumberRule("price"),
                new OneOfRule("discount_type", DiscountType.words()),
                new PriceRangeRule(),
                new MembersRule("category", categories),
                new MembersRule("consumer_statuses", consumerStatuses)));
    all =
        form.and(
            RuleSet.<OfferText>of(
                List.of(new PriceInSourceRule(), new PriceFitsTypeRule(), new BuyOneGetOneRule())));
  }

  /** Applies all rules to an answer about that text. */
  Judgement judge(ObjectNode answer, OfferText source, Set<String> switchedOff) {
    if (PriceAnsweredRule.applies(answer, switchedOff)) {
      return PriceAnsweredRule.judge(source, switchedOff);
    }
    List<Violation> violations = all.check(answer, source, switchedOff);
    return violations.isEmpty()
        ? new Judgement.Accepted(evidence(answer, source))
        : new Judgement.Refused(violations);
  }

  /** The violations of {@link #judge}. */
  List<Violation> check(ObjectNode answer, OfferText source, Set<String> switchedOff) {
    return judge(answer, source, switchedOff).violations();
  }

  /** Types, ranges and lists of an enhanced record, which is compared with no text. */
  List<Violation> checkForm(ObjectNode enhanced) {
    return form.check(enhanced, enhanced, Set.of());
  }

  /** The names of the rules, in the order in which they apply. */
  List<String> names() {
    return Stream.concat(all.names().stream(), Stream.of(PRICE_NOT_ANSWERED)).toList();
  }

  /** What each rule demands, by its name, in the order of {@link #names}. */
  Map<String, String> sentences() {
    Map<String, String> sentences = new LinkedHashMap<>(all.sentences());
    sentences.put(
        PRICE_NOT_ANSWERED, "price is null only if no amount in the text could be the price");
    return sentences;
  }

  /** The evidence of the price; empty if a rule is switched off and nothing proves it. */
  private static Map<String, Evidence> evidence(ObjectNode answer, OfferText source) {
    JsonNode price = answer.path("price");
    return DiscountType.in(answer)
        .filter(type -> price.isNumber() && type.allows(price.decimalValue()))
        .flatMap(type -> source.evidenceOf(type, price.decimalValue()))
        .map(evidence -> Map.of("price", evidence))
        .orElse(Map.of());
  }
}
