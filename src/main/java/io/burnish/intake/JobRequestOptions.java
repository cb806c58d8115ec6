package io.burnish.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.job.JobMode;
import io.burnish.job.JobOptions;
import io.burnish.job.JobOptions.Dedupe;
import io.burnish.job.JobPriority;
import io.burnish.profile.Profiles;
import io.burnish.record.Excerpt;
import io.burnish.record.RecordJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wanted of a job, field by field; what can't be had is noted as a mistake. */
final class JobRequestOptions {

  private final ValidationErrors mistakes;

  @Nullable String name;
  String profile = Profiles.defaultName();
  JobMode mode = JobMode.ENHANCE;
  JobPriority priority = JobPriority.NORMAL;
  JobOptions options = JobOptions.DEFAULT;

  JobRequestOptions(ValidationErrors mistakes) {
    this.mistakes = mistakes;
  }

  /** Takes terms that came as query parameters, each with its values. */
  void query(Map<String, List<String>> query) {
    ObjectNode wanted = RecordJson.object();
    query.forEach(
        (parameter, values) -> {
          String value = values.get(0);
          switch (parameter) {
            case "name" -> name = value;
            case "profile" -> profile(value);
            case "mode" -> mode(value);
            case "dedupe", "priority" -> wanted.put(parameter, value);
            case "retryFailed" -> {
              if (value.equals("true") || value.equals("false")) {
                wanted.put(parameter, value.equals("true"));
              } else {
                wanted.put(parameter, value);
              }
            }
            case "rulesOff" -> {
              ArrayNode rules = wanted.putArray(parameter);
              values.forEach(list -> List.of(list.split(",")).forEach(rules::add));
            }
            default ->
                mistakes.add(
                    parameter,
                    "there is no such parameter; known are name, profile, mode, priority, dedupe, retryFailed, rulesOff");
          }
        });
    options(wanted);
  }

  void profile(@Nullable String wanted) {
    if (wanted != null && Profiles.named(wanted).isEmpty()) {
      mistakes.add(
          "profile",
          "\"%s\" is not known; known are %s".formatted(Excerpt.of(wanted), Profiles.names()));
    } else if (wanted != null) {
      profile = wanted;
    }
  }

  void mode(@Nullable String wanted) {
    if (wanted != null) {
      JobMode.of(wanted)
          .ifPresentOrElse(
              known -> mode = known,
              () ->
                  mistakes.add(
                      "mode",
                      "\"%s\" is not known; known are enhance and store"
                          .formatted(Excerpt.of(wanted))));
    }
  }

  void options(JsonNode node) {
    if (node.isNull()) {
      return;
    }
    if (!(node instanceof ObjectNode object)) {
      mistakes.add("options", "must be an object");
      return;
    }
    Dedupe dedupe = JobOptions.DEFAULT.dedupe();
    boolean retryFailed = JobOptions.DEFAULT.retryFailed();
    Set<String> rulesOff = new HashSet<>();
    for (var option : object.properties()) {
      JsonNode value = option.getValue();
      switch (option.getKey()) {
        case "priority" -> priority = priority(value);
        case "dedupe" -> dedupe = dedupe(value);
        case "retryFailed" -> retryFailed = flag("options.retryFailed", value);
        case "rulesOff" -> rulesOff.addAll(names("options.rulesOff", value));
        default ->
            mistakes.add(
                "options." + Excerpt.of(option.getKey()),
                "there is no such option; known are priority, dedupe, retryFailed, rulesOff");
      }
    }
    options = new JobOptions(dedupe, retryFailed, Set.copyOf(rulesOff));
  }

  private JobPriority priority(JsonNode value) {
    return JobPriority.of(value.isTextual() ? value.asText() : "")
        .orElseGet(
            () -> {
              mistakes.add("options.priority", "must be \"low\", \"normal\" or \"high\"");
              return JobPriority.NORMAL;
            });
  }

  private Dedupe dedupe(JsonNode value) {
    switch (value.isTextual() ? value.asText() : "") {
      case "content":
        return Dedupe.CONTENT;
      case "id":
        return Dedupe.ID;
      case "none":
        return Dedupe.NONE;
      default:
        mistakes.add("options.dedupe", "must be \"content\", \"id\" or \"none\"");
        return Dedupe.CONTENT;
    }
  }

  private boolean flag(String field, JsonNode value) {
    if (!value.isBoolean()) {
      mistakes.add(field, "must be true or false");
    }
    return value.asBoolean();
  }

  private List<String> names(String field, JsonNode value) {
    List<String> names = new ArrayList<>();
    value.forEach(rule -> names.add(rule.isTextual() ? rule.asText() : ""));
    if (!value.isArray() || names.contains("")) {
      mistakes.add(field, "must be a list of names of rules");
    }
    return names;
  }

  /** Notes what is wrong with the terms taken together. */
  void check() {
    mistakes.unlessStorable("name", name);
    List<String> rules = Profiles.named(profile).orElseThrow().ruleNames();
    options.rulesOff().stream()
        .filter(rule -> !rules.contains(rule))
        .sorted()
        .forEach(
            rule ->
                mistakes.add(
                    "options.rulesOff",
                    "there is no rule \"%s\"; known are %s"
                        .formatted(Excerpt.of(rule), String.join(", ", rules))));
  }
}
