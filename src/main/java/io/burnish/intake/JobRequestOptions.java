package io.burnish.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.job.spec.JobMode;
import io.burnish.job.spec.JobOptions;
import io.burnish.job.spec.JobOptions.Dedupe;
import io.burnish.job.spec.JobPriority;
import io.burnish.job.spec.JobTerms;
import io.burnish.profile.Profiles;
import io.burnish.record.Excerpt;
import io.burnish.record.RecordJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Name, profile, mode and options of a requested job. What is wrong is added to the errors. */
final class JobRequestOptions {

  private final ValidationErrors errors;
  private final TermsReader terms;

  @Nullable String name;
  String profile = Profiles.defaultName();
  JobMode mode = JobMode.ENHANCE;
  JobPriority priority = JobPriority.NORMAL;
  JobOptions jobOptions = JobOptions.DEFAULT;
  RecordFilter filter = RecordFilter.ALL;

  JobRequestOptions(ValidationErrors errors) {
    this.errors = errors;
    this.terms = new TermsReader(errors);
  }

  JobTerms terms() {
    return terms.terms();
  }

  /** Reads query parameters, each with its values. */
  void query(Map<String, List<String>> query) {
    ObjectNode options = RecordJson.object();
    query.forEach(
        (parameter, values) -> {
          String value = values.get(0);
          switch (parameter) {
            case "name" -> name = value;
            case "profile" -> profile(value);
            case "mode" -> mode(value);
            case "maxResults" -> options.putObject("filter").set(parameter, number(value));
            case "maxCost", "maxTokens" -> options.set(parameter, decimal(value));
            case "dedupe", "priority", "deadline", "callbackUrl" -> options.put(parameter, value);
            case "retryFailed" -> {
              if (value.equals("true") || value.equals("false")) {
                options.put(parameter, value.equals("true"));
              } else {
                options.put(parameter, value);
              }
            }
            case "rulesOff" -> {
              ArrayNode rules = options.putArray(parameter);
              values.forEach(list -> List.of(list.split(",")).forEach(rules::add));
            }
            default ->
                errors.add(
                    parameter,
                    "there is no such parameter; known are name, profile, mode, priority, callbackUrl, deadline, dedupe, maxCost, maxResults, maxTokens, retryFailed, rulesOff");
          }
        });
    options(options);
  }

  private static JsonNode number(String value) {
    return value.matches("\\d{1,9}")
        ? IntNode.valueOf(Integer.parseInt(value))
        : TextNode.valueOf(value);
  }

  private static JsonNode decimal(String value) {
    return value.matches("\\d{1,18}([.]\\d{1,18})?")
        ? DecimalNode.valueOf(new BigDecimal(value))
        : TextNode.valueOf(value);
  }

  void profile(@Nullable String value) {
    if (value != null && Profiles.named(value).isEmpty()) {
      errors.add(
          "profile",
          "\"%s\" is not known; known are %s".formatted(Excerpt.of(value), Profiles.names()));
    } else if (value != null) {
      profile = value;
    }
  }

  void mode(@Nullable String value) {
    if (value != null) {
      JobMode.of(value)
          .ifPresentOrElse(
              known -> mode = known,
              () ->
                  errors.add(
                      "mode",
                      "\"%s\" is not known; known are enhance and store"
                          .formatted(Excerpt.of(value))));
    }
  }

  void options(JsonNode node) {
    if (node.isNull()) {
      return;
    }
    if (!(node instanceof ObjectNode object)) {
      errors.add("options", "must be an object");
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
        case "deadline" -> terms.deadline(value);
        case "callbackUrl" -> terms.callbackUrl(value);
        case "filter" -> filter = RecordFilter.of(value, errors);
        case "maxCost" -> terms.maxCost(value);
        case "maxTokens" -> terms.maxTokens(value);
        case "metadata" -> terms.metadata(value);
        case "rulesOff" -> rulesOff.addAll(names("options.rulesOff", value));
        default ->
            errors.add(
                "options." + Excerpt.of(option.getKey()),
                "there is no such option; known are priority, callbackUrl, deadline, dedupe, filter, maxCost, maxTokens, metadata, retryFailed, rulesOff");
      }
    }
    jobOptions = new JobOptions(dedupe, retryFailed, rulesOff);
  }

  private JobPriority priority(JsonNode value) {
    return JobPriority.of(value.isTextual() ? value.asText() : "")
        .orElseGet(
            () -> {
              errors.add("options.priority", "must be \"low\", \"normal\" or \"high\"");
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
        errors.add("options.dedupe", "must be \"content\", \"id\" or \"none\"");
        return Dedupe.CONTENT;
    }
  }

  private boolean flag(String field, JsonNode value) {
    if (!value.isBoolean()) {
      errors.add(field, "must be true or false");
    }
    return value.asBoolean();
  }

  private List<String> names(String field, JsonNode value) {
    List<String> names = new ArrayList<>();
    value.forEach(rule -> names.add(rule.isTextual() ? rule.asText() : ""));
    if (!value.isArray() || names.contains("")) {
      errors.add(field, "must be a list of names of rules");
    }
    return names;
  }

  /** Checks the name, and the rules against the profile. */
  void check() {
    errors.requireStorable("name", name);
    List<String> rules = Profiles.named(profile).orElseThrow().ruleNames();
    jobOptions.rulesOff().stream()
        .filter(rule -> !rules.contains(rule))
        .sorted()
        .forEach(
            rule ->
                errors.add(
                    "options.rulesOff",
                    "there is no rule \"%s\"; known are %s"
                        .formatted(Excerpt.of(rule), String.join(", ", rules))));
  }
}
