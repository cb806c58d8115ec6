package io.burnish.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.simulator.http.Reply;
import io.burnish.simulator.model.KnownModel;
import io.burnish.simulator.model.KnownModel.Schemas;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The validation of a request before any limit is checked. Stateless.
 *
 * <p>Source: Groq API reference and reasoning page, and published 400 bodies, read 2026-11. The
 * messages on {@code n}, {@code stream} and fields that exclude each other are made up: none were
 * published.
 */
public final class RequestValidation {

  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "messages",
          "temperature",
          "top_p",
          "seed",
          "max_completion_tokens",
          "max_tokens",
          "n",
          "stop",
          "stream",
          "stream_options",
          "response_format",
          "service_tier",
          "reasoning_effort",
          "reasoning_format",
          "include_reasoning",
          "user",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "functions",
          "function_call",
          "disable_tool_validation",
          "documents",
          "citation_options",
          "search_settings",
          "compound_custom",
          "include_domains",
          "exclude_domains",
          "frequency_penalty",
          "presence_penalty",
          "logit_bias",
          "logprobs",
          "top_logprobs",
          "metadata",
          "store");

  private RequestValidation() {}

  /** The error of this request; empty if it is valid. */
  public static Optional<Reply> problem(ChatBody body, KnownModel model, int maxOutput) {
    return shape(body.json())
        .or(() -> choices(body.json()))
        .map(ErrorBodies::invalid)
        .or(() -> reasoning(body, model))
        .or(() -> maximum(body.json(), maxOutput))
        .or(() -> format(body, model));
  }

  private static Optional<String> shape(JsonNode json) {
    if (!json.path("messages").isArray() || json.path("messages").isEmpty()) {
      return Optional.of("'messages' : minimum number of items is 1");
    }
    Stream<String> names = names(json);
    return names
        .filter(name -> !FIELDS.contains(name))
        .findFirst()
        .map(name -> "property '%s' is unsupported".formatted(name));
  }

  private static Stream<String> names(JsonNode json) {
    return json.properties().stream().map(java.util.Map.Entry::getKey);
  }

  private static Optional<String> choices(JsonNode json) {
    if (json.hasNonNull("n") && json.get("n").asInt() != 1) {
      return Optional.of("'n' : value must be at most 1");
    }
    if (json.path("temperature").asDouble() > 2) {
      return Optional.of("'temperature' : value must be at most 2");
    }
    return json.path("stream").asBoolean()
        ? Optional.of("'stream' : the simulator does not stream")
        : Optional.empty();
  }

  private static Optional<Reply> reasoning(ChatBody body, KnownModel model) {
    JsonNode json = body.json();
    boolean formatted = json.hasNonNull("reasoning_format");
    if (formatted && json.hasNonNull("include_reasoning")) {
      return refused("`include_reasoning` cannot be used together with `reasoning_format`");
    }
    if (formatted
        && json.get("reasoning_format").asText().equals("raw")
        && (body.wantsJson() || json.hasNonNull("tools"))) {
      return refused(
          "`reasoning_format` must be `parsed` or `hidden` when using JSON mode or tools");
    }
    if (!json.hasNonNull("reasoning_effort")) {
      return Optional.empty();
    }
    List<String> efforts = model.reasoning().efforts();
    if (efforts.isEmpty()) {
      return refused("`reasoning_effort` is not supported with this model");
    }
    return efforts.contains(json.get("reasoning_effort").asText())
        ? Optional.empty()
        : refused(
            "`reasoning_effort` must be one of "
                + efforts.stream().map(e -> "`" + e + "`").collect(Collectors.joining(", ")));
  }

  private static Optional<Reply> maximum(JsonNode json, int maxOutput) {
    return Stream.of("max_completion_tokens", "max_tokens")
        .filter(field -> json.path(field).asLong() > maxOutput)
        .findFirst()
        .map(field -> ErrorBodies.aboveMaximum(field, maxOutput));
  }

  private static Optional<Reply> format(ChatBody body, KnownModel model) {
    JsonNode json = body.json();
    if (body.format().equals("json_object")) {
      boolean mentioned =
          json.path("messages").toString().toLowerCase(Locale.ROOT).contains("json");
      return mentioned
          ? Optional.empty()
          : refused(
              "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.");
    }
    if (!body.format().equals("json_schema")) {
      return Optional.empty();
    }
    JsonNode asked = json.path("response_format").path("json_schema");
    boolean strict = asked.path("strict").asBoolean();
    Schemas needed = strict ? Schemas.STRICT : Schemas.BEST_EFFORT;
    if (model.schemas().compareTo(needed) < 0) {
      return Optional.of(
          ErrorBodies.badFormat("This model does not support response format `json_schema`."));
    }
    return strict
        ? StrictSchema.problem(asked.path("name").asText(), asked.path("schema"))
            .map(ErrorBodies::badFormat)
        : Optional.empty();
  }

  private static Optional<Reply> refused(String message) {
    return Optional.of(ErrorBodies.invalid(message));
  }
}
