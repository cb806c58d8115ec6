package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Evidence;
import io.burnish.profile.Judgement;
import io.burnish.profile.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All the rules that a discount's price, type and lists are held to. Thread-safe. */
public final class AnswerRules {

  /** The rule by which an answer with a null price is refused. */
  public static final String PRICE_NOT_ANSWERED = "price_not_answered";

  /** The rule by which a record fails whose text names no price of the offer. */
  public static final String NO_PRICE_IN_SOURCE = "no_price_in_source";

  private final List<Rule> form;
  private final List<Rule> proof =
      List.of(new PriceInSourceRule(), new PriceFitsTypeRule(), new BuyOneGetOneRule());

  /**
   * @param categories what {@code category} may hold
   * @param consumerStatuses what {@code consumer_statuses} may hold
   */
  public AnswerRules(List<String> categories, List<String> consumerStatuses) {
    form =
        List.of(
            new FieldsPresentRule(
                List.of("price", "discount_type", "category", "consumer_statuses")),
            new PriceIsNumberRule(),
            new TypeIsKnownRule(),
            new PriceRangeRule(),
            new MembersRule("category", categories),
            new MembersRule("consumer_statuses", consumerStatuses));
  }

  /** What the rules say of an answer about that text. */
  public Judgement judge(ObjectNode answer, OfferText source, Set<String> switchedOff) {
    if (PriceAnsweredRule.applies(answer, switchedOff)) {
      return PriceAnsweredRule.judge(source, switchedOff);
    }
    List<Violation> violations =
        violations(Stream.concat(form.stream(), proof.stream()), answer, source, switchedOff);
    return violations.isEmpty()
        ? new Judgement.Accepted(evidence(answer, source))
        : new Judgement.Refused(violations);
  }

  /** Why the answer is not accepted as an answer about that text; empty when it is. */
  public List<Violation> check(ObjectNode answer, OfferText source, Set<String> switchedOff) {
    return judge(answer, source, switchedOff).violations();
  }

  /** What proves the price; it may be missing where a rule is switched off. */
  private static Map<String, Evidence> evidence(ObjectNode answer, OfferText source) {
    JsonNode price = answer.path("price");
    return DiscountType.in(answer)
        .filter(type -> price.isNumber() && type.allows(price.decimalValue()))
        .flatMap(type -> source.evidenceOf(type, price.decimalValue()))
        .map(evidence -> Map.of("price", evidence))
        .orElse(Map.of());
  }

  /** The same without a text to prove it by: types, ranges and lists alone. */
  public List<Violation> checkForm(ObjectNode answer) {
    return violations(form.stream(), answer, OfferText.of(List.of()), Set.of());
  }

  /** The names by which rules can be switched off, in the order in which they are applied. */
  public List<String> names() {
    return Stream.concat(
            Stream.concat(form.stream(), proof.stream()).map(Rule::name),
            Stream.of(PRICE_NOT_ANSWERED))
        .toList();
  }

  private static List<Violation> violations(
      Stream<Rule> rules, ObjectNode answer, OfferText source, Set<String> switchedOff) {
    List<Violation> violations = new ArrayList<>();
    rules
        .filter(rule -> !switchedOff.contains(rule.name()))
        .forEach(
            rule -> {
              Optional<String> objection = rule.objection(answer, source);
              objection.ifPresent(
                  sentence ->
                      violations.add(
                          new Violation(
                              rule.name(), sentence, rule.place(answer, source).orElse(null))));
            });
    return List.copyOf(violations);
  }
}
