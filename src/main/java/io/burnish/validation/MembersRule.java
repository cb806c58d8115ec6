package io.burnish.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A field is a list of one to a few words of a given set, to the letter, none twice. */
public record MembersRule(String field, List<String> allowed, int most) implements Rule {

  @Override
  public String name() {
    return field + "_unknown";
  }

  @Override
  public Optional<String> brokenBy(Answer answer) {
    JsonNode list = answer.field(field);
    if (list.isMissingNode() || list.isNull()) {
      return Optional.empty();
    }
    if (!list.isArray() || list.isEmpty()) {
      return Optional.of("%s must be a list of at least one word, is %s".formatted(field, list));
    }
    if (list.size() > most) {
      return Optional.of(
          "%s must have at most %d words, has %d".formatted(field, most, list.size()));
    }
    Set<String> seen = new HashSet<>();
    for (JsonNode member : list) {
      if (!member.isTextual() || !allowed.contains(member.asText())) {
        return Optional.of(
            "%s has %s, which is none of %s".formatted(field, member, String.join(", ", allowed)));
      }
      if (!seen.add(member.asText())) {
        return Optional.of("%s has %s twice".formatted(field, member));
      }
    }
    return Optional.empty();
  }
}
