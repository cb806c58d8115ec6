package io.burnish.client.run;

import com.fasterxml.jackson.databind.JsonNode;

/** An estimate of the service as lines for people. */
final class EstimateText {

  private EstimateText() {}

  static String of(JsonNode estimate) {
    return """
    Dry run: nothing was stored, and no model was called.
    %s records: %s to ask about, %s known, %s duplicates, %s rejected
    %s calls, %s prompt and %s completion tokens, cost %s, time %s
    """
        .formatted(
            estimate.path("records").asText("?"),
            estimate.path("toAsk").asText("?"),
            estimate.at("/known/total").asText("?"),
            estimate.path("duplicates").asText("?"),
            estimate.at("/rejected/total").asText("?"),
            estimate.path("calls").asText("?"),
            estimate.at("/tokens/prompt").asText("?"),
            estimate.at("/tokens/completion").asText("?"),
            known(estimate.path("cost"), "US$ %s"),
            known(estimate.path("seconds"), "%s s"));
  }

  private static String known(JsonNode value, String text) {
    return value.isNull() || value.isMissingNode() ? "not known" : text.formatted(value.asText());
  }
}
