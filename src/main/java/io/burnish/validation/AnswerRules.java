package io.burnish.validation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All the rules that a discount's price, type and lists are held to. Thread-safe. */
public final class AnswerRules {

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

  /** Why the answer is not accepted as an answer about that text; empty when it is. */
  public List<Violation> check(ObjectNode answer, OfferText source, Set<String> switchedOff) {
    return violations(Stream.concat(form.stream(), proof.stream()), answer, source, switchedOff);
  }

  /** The same without a text to prove it by: types, ranges and lists alone. */
  public List<Violation> checkForm(ObjectNode answer) {
    return violations(form.stream(), answer, OfferText.of(List.of()), Set.of());
  }

  /** The names by which rules can be switched off, in the order in which they are applied. */
  public List<String> names() {
    return Stream.concat(form.stream(), proof.stream()).map(Rule::name).toList();
  }

  private static List<Violation> violations(
      Stream<Rule> rules, ObjectNode answer, OfferText source, Set<String> switchedOff) {
    List<Violation> violations = new ArrayList<>();
    rules
        .filter(rule -> !switchedOff.contains(rule.name()))
        .forEach(
            rule -> {
              Optional<String> objection = rule.objection(answer, source);
              objection.ifPresent(sentence -> violations.add(new Violation(rule.name(), sentence)));
            });
    return List.copyOf(violations);
  }
}
