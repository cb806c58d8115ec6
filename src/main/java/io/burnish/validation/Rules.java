package io.burnish.validation;

import java.util.List;
import java.util.Set;

/** The rules of a profile, applied in their order. */
public record Rules(List<Rule> rules) {

  private static final int LONGEST = 500;

  /** What the answer breaks, a violation a rule; empty when it is accepted. */
  public List<Violation> check(Answer answer, Set<String> switchedOff) {
    return rules.stream()
        .filter(rule -> !switchedOff.contains(rule.name()))
        .flatMap(rule -> rule.brokenBy(answer).map(why -> violation(rule, why)).stream())
        .toList();
  }

  private static Violation violation(Rule rule, String why) {
    return new Violation(rule.name(), why.length() > LONGEST ? why.substring(0, LONGEST) : why);
  }
}
