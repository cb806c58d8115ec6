package io.burnish.validation;

import java.util.Optional;

/**
 * One thing given for buying another is said in the text, in words: a free first month is not that.
 */
public record OneForAnotherRule(EvidenceText evidence) implements Rule {

  @Override
  public String name() {
    return "buy_one_get_one_not_in_source";
  }

  @Override
  public Optional<String> brokenBy(Answer answer) {
    boolean claimed = answer.text("discount_type").filter("buy_one_get_one"::equals).isPresent();
    return !claimed || Amounts.oneForAnother(evidence.all(answer.source())).isPresent()
        ? Optional.empty()
        : Optional.of(
            "buy_one_get_one must stand in the text in words such as 1+1, buy one get one, or the second free; nothing of the kind is there");
  }
}
