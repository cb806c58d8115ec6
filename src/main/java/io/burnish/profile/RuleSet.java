package io.burnish.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rules in the order in which they apply. Immutable and thread-safe.
 *
 * @param <S> what the rules read of the source record
 */
public final class RuleSet<S> {

  private final List<Rule<? super S>> rules;

  private RuleSet(List<? extends Rule<? super S>> rules) {
    this.rules = List.copyOf(rules);
  }

  /** The rules, in this order. */
  public static <S> RuleSet<S> of(List<? extends Rule<? super S>> rules) {
    return new RuleSet<>(rules);
  }

  /** These rules, then those. */
  public <T extends S> RuleSet<T> and(RuleSet<T> others) {
    List<Rule<? super T>> all = new ArrayList<>(rules);
    all.addAll(others.rules);
    return new RuleSet<>(all);
  }

  /** The names, in order. */
  public List<String> names() {
    return rules.stream().<String>map(Rule::name).toList();
  }

  /** What each rule demands, by its name, in order. */
  public Map<String, String> sentences() {
    Map<String, String> sentences = new LinkedHashMap<>();
    rules.forEach(rule -> sentences.put(rule.name(), rule.sentence()));
    return sentences;
  }

  /**
   * All violations of an answer, in the order of the rules; empty if it breaks none.
   *
   * @param switchedOff names of rules that do not apply
   */
  public List<Violation> check(ObjectNode answer, S source, Set<String> switchedOff) {
    List<Violation> violations = List.of();
    for (Rule<? super S> rule : rules) {
      if (!switchedOff.contains(rule.name())) {
        Optional<Violation> violation = rule.check(answer, source);
        if (violation.isPresent()) {
          violations = violations.isEmpty() ? new ArrayList<>() : violations;
          violations.add(violation.get());
        }
      }
    }
    return List.copyOf(violations);
  }
}
