package io.burnish.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.job.spec.JobBudget;
import io.burnish.job.spec.JobTerms;
import io.burnish.record.Excerpt;
import io.burnish.record.IsoTime;
import io.burnish.record.StorableText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options {@code deadline}, {@code metadata}, {@code callbackUrl}, {@code maxTokens} and
 * {@code maxCost}. What is wrong is added to the errors.
 */
final class TermsReader {

  private static final int MOST_PAIRS = 16;
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_VALUE = 512;

  private final ValidationErrors errors;
  private @Nullable Instant deadline;
  private @Nullable String callbackUrl;
  private @Nullable Long maxTokens;
  private @Nullable BigDecimal maxCost;
  private final Map<String, String> metadata = new TreeMap<>();

  TermsReader(ValidationErrors errors) {
    this.errors = errors;
  }

  JobTerms terms() {
    return new JobTerms(deadline, metadata, callbackUrl, new JobBudget(maxTokens, maxCost), null);
  }

  void deadline(JsonNode value) {
    if (value.isNull()) {
      return;
    }
    try {
      deadline = deadline(value.textValue());
    } catch (IllegalArgumentException e) {
      errors.add("options.deadline", String.valueOf(e.getMessage()));
    }
  }

  /**
   * A deadline from its text.
   *
   * @throws IllegalArgumentException with a sentence, when it is not a time or has passed
   */
  static Instant deadline(@Nullable String text) {
    Instant time =
        IsoTime.parse(text == null ? "" : text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "must be a time with an offset, such as 2030-01-31T18:00:00Z"));
    if (!time.isAfter(Instant.now())) {
      throw new IllegalArgumentException("has passed: " + time);
    }
    return time;
  }

  void maxTokens(JsonNode value) {
    BudgetReader.tokens(value, why -> errors.add("options.maxTokens", why))
        .ifPresent(limit -> maxTokens = limit);
  }

  void maxCost(JsonNode value) {
    BudgetReader.cost(value, why -> errors.add("options.maxCost", why))
        .ifPresent(limit -> maxCost = limit);
  }

  void callbackUrl(JsonNode value) {
    if (!value.isTextual() && !value.isNull()) {
      errors.add("options.callbackUrl", "must be text");
    }
    callbackUrl = value.textValue();
  }

  void metadata(JsonNode value) {
    if (value.isNull()) {
      return;
    }
    if (!(value instanceof ObjectNode pairs) || pairs.size() > MOST_PAIRS) {
      errors.add(
          "options.metadata",
          "must be an object of at most %d pairs of texts".formatted(MOST_PAIRS));
      return;
    }
    pairs.properties().forEach(pair -> pair(pair.getKey(), pair.getValue().textValue()));
  }

  private void pair(String name, @Nullable String value) {
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || value == null
        || value.length() > LONGEST_VALUE
        || !StorableText.is(name)
        || !StorableText.is(value)) {
      errors.add(
          "options.metadata." + Excerpt.of(name),
          "a name has 1 to %d characters and a value is text of at most %d, without NUL and half surrogate pairs"
              .formatted(LONGEST_NAME, LONGEST_VALUE));
    } else {
      metadata.put(name, value);
    }
  }
}
