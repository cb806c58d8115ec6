package io.burnish.api.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.api.input.CommandFields;
import io.burnish.profile.Profiles;
import io.burnish.record.Excerpt;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which failed records are sent again.
 *
 * @param code only those that failed with this code; null: any
 * @param file only those of this file; null: any
 * @param rulesOff names of rules that are off for them
 */
record RetryCommand(@Nullable String code, @Nullable String file, Set<String> rulesOff) {

  private static final int MOST_RULES = 100;

  /** A command from its body and its query, which may each give any of the fields. */
  static RetryCommand of(
      ObjectNode body,
      @Nullable String code,
      @Nullable String file,
      @Nullable List<String> rulesOff,
      String profile) {
    CommandFields fields = new CommandFields(body, List.of("code", "file", "rulesOff"));
    Set<String> rules = new TreeSet<>(fields.texts("rulesOff", MOST_RULES));
    if (rulesOff != null) {
      rulesOff.forEach(list -> rules.addAll(List.of(list.split(","))));
    }
    checkRules(fields, rules, profile);
    RetryCommand command =
        new RetryCommand(
            single(fields, "code", code), single(fields, "file", file), Set.copyOf(rules));
    fields.throwIfAny();
    return command;
  }

  private static @Nullable String single(
      CommandFields fields, String field, @Nullable String ofQuery) {
    String ofBody = fields.text(field);
    if (ofBody != null && ofQuery != null) {
      fields.refuse(field, "is in the body and in the query; give it once");
    }
    return ofBody == null ? ofQuery : ofBody;
  }

  private static void checkRules(CommandFields fields, Set<String> rules, String profile) {
    List<String> known = Profiles.named(profile).map(ofJob -> ofJob.ruleNames()).orElse(List.of());
    rules.stream()
        .filter(rule -> !known.contains(rule))
        .forEach(
            rule ->
                fields.refuse(
                    "rulesOff",
                    "there is no rule \"%s\"; known are %s"
                        .formatted(Excerpt.of(rule), String.join(", ", known))));
  }
}
