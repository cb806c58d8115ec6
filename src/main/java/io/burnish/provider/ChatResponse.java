package io.burnish.provider;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a good response, as far as it matters; the rest is ignored. Any part can be missing.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ChatResponse(
    @Nullable String id,
    @Nullable String model,
    @Nullable List<Choice> choices,
    @Nullable Usage usage,
    @Nullable JsonNode error) {

  /** Whether there is an error in it, as gateways between send with a good status. */
  boolean hasError() {
    return error != null && !error.isNull();
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Choice(
      @Nullable Message message, @JsonProperty("finish_reason") @Nullable String finishReason) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Message(@Nullable String content) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Usage(
      @JsonProperty("prompt_tokens") int promptTokens,
      @JsonProperty("completion_tokens") int completionTokens,
      @JsonProperty("prompt_tokens_details") @Nullable PromptDetails promptDetails) {

    /** Present only when there was a hit. */
    int cachedTokens() {
      return promptDetails == null ? 0 : promptDetails.cachedTokens();
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record PromptDetails(@JsonProperty("cached_tokens") int cachedTokens) {}
}
