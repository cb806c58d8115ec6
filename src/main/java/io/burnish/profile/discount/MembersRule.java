package io.burnish.profile.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Quoted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A list of one to five members of a closed set, to the letter, each once. */
record MembersRule(String field, List<String> members) implements Rule {

  /** Most members an answer may name; more of them say nothing. */
  private static final int MOST = 5;

  @Override
  public String name() {
    return field + "_invalid";
  }

  @Override
  public Optional<String> objection(ObjectNode answer, OfferText source) {
    JsonNode list = answer.path(field);
    if (list.isMissingNode() || list.isNull()) {
      return Optional.empty();
    }
    if (!list.isArray() || list.isEmpty()) {
      return Optional.of(
          "%s must be a list with at least one of: %s".formatted(field, Quoted.of(members)));
    }
    if (list.size() > MOST) {
      return Optional.of(
          "%s has %d members, at most %d are allowed".formatted(field, list.size(), MOST));
    }
    return objectionToMembers(list);
  }

  private Optional<String> objectionToMembers(JsonNode list) {
    List<String> strangers = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<String> repeated = new ArrayList<>();
    for (JsonNode member : list) {
      if (!member.isTextual() || !members.contains(member.textValue())) {
        strangers.add(Quoted.of(member));
      } else if (!seen.add(member.textValue())) {
        repeated.add(member.textValue());
      }
    }
    if (!strangers.isEmpty()) {
      return Optional.of(
          "%s cannot hold %s; allowed are exactly: %s"
              .formatted(field, Quoted.of(strangers), Quoted.of(members)));
    }
    return repeated.isEmpty()
        ? Optional.empty()
        : Optional.of("%s names %s more than once".formatted(field, Quoted.of(repeated)));
  }
}
