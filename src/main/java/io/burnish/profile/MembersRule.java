package io.burnish.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The field is a list of 1 to 5 different members of a closed set, with the same letters and case.
 * Says nothing on a field that is missing or null.
 */
public record MembersRule(String field, List<String> allowed, String name) implements Rule<Object> {

  /** More members distinguish nothing. */
  private static final int MAX_MEMBERS = 5;

  /** The rule for that field, named {@code <field>_invalid}. */
  public MembersRule(String field, List<String> allowed) {
    this(field, allowed, field + "_invalid");
  }

  @Override
  public String sentence() {
    return "%s is a list of 1 to %d different members of: %s"
        .formatted(field, MAX_MEMBERS, Display.of(allowed));
  }

  @Override
  public Optional<Violation> check(ObjectNode answer, Object source) {
    JsonNode list = answer.path(field);
    if (list.isMissingNode() || list.isNull()) {
      return Optional.empty();
    }
    if (!list.isArray() || list.isEmpty()) {
      return violation(
          "%s must be a list with at least one of: %s".formatted(field, Display.of(allowed)));
    }
    if (list.size() > MAX_MEMBERS) {
      return violation(
          "%s has %d members, at most %d are allowed".formatted(field, list.size(), MAX_MEMBERS));
    }
    return checkMembers(list);
  }

  private Optional<Violation> checkMembers(JsonNode list) {
    List<String> unknown = new ArrayList<>();
    List<String> repeated = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode member : list) {
      if (!member.isTextual() || !allowed.contains(member.textValue())) {
        unknown.add(Display.of(member));
      } else if (!seen.add(member.textValue())) {
        repeated.add(member.textValue());
      }
    }
    if (!unknown.isEmpty()) {
      return violation(
          "%s cannot hold %s; allowed are exactly: %s"
              .formatted(field, Display.of(unknown), Display.of(allowed)));
    }
    return repeated.isEmpty()
        ? Optional.empty()
        : violation("%s names %s more than once".formatted(field, Display.of(repeated)));
  }
}
