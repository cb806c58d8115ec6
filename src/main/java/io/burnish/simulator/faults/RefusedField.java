package io.burnish.simulator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.http.Reply;
import io.burnish.simulator.options.Choice;
import io.burnish.simulator.wire.CompletionBody;
import io.burnish.simulator.wire.ErrorBodies;
import java.util.List;
import java.util.Optional;

/**
 * A request field that is refused.
 *
 * @param field its name; after a point, a field within it, its {@code type} or its value: {@code
 *     response_format.json_schema}, {@code reasoning_effort.low}
 * @param style of the error
 */
public record RefusedField(String field, Style style) {

  /** Optional fields, in the order in which they are refused. */
  private static final List<String> OPTIONAL =
      List.of(
          "temperature",
          "reasoning_effort",
          "include_reasoning",
          "max_completion_tokens",
          "max_tokens",
          "response_format");

  /** The errors by which providers and gateways refuse a field. */
  enum Style {
    /** 400 unsupported_value (Source: OpenAI reasoning models; vectorize-io/hindsight 852). */
    OPENAI,
    /** 400 unsupported_parameter (Source: OpenAI o1 models; Open-WebUI-Functions 98). */
    OPENAI_PARAMETER,
    /** 422 extra_forbidden, the detail within the message (Source: Mistral; eca 231). */
    PYDANTIC,
    /** 422 extra_forbidden, the detail alone (Source: FastAPI, request validation errors). */
    FASTAPI,
    /** 400 extra_forbidden as a text in Python's notation (Source: vLLM; MaxKB 2912). */
    VLLM,
    /** 400 without a code (Source: Azure OpenAI of 2023; standard-agent 31). */
    AZURE,
    /** 400 without code and param (Source: Groq API reference). */
    GROQ
  }

  /** Parses {@code temperature=openai}. */
  public static RefusedField parse(String text) {
    int equals = text.lastIndexOf('=');
    if (equals <= 0) {
      throw new IllegalArgumentException(
          "'%s' is no dislike, such as temperature=openai".formatted(text));
    }
    return new RefusedField(
        text.substring(0, equals).strip(), Choice.of(Style.class, text.substring(equals + 1)));
  }

  /** The error about the first optional field of a request; empty if it has none. */
  public static Optional<Reply> firstOptional(JsonNode request) {
    return OPTIONAL.stream()
        .flatMap(field -> new RefusedField(field, Style.OPENAI).problem(request).stream())
        .findFirst();
  }

  /** The error of a request with this field; empty without it. */
  public Optional<Reply> problem(JsonNode request) {
    JsonNode value = request;
    String[] names = field.split("\\.");
    for (String name : names) {
      value = below(value, name);
    }
    return value.isMissingNode() || value.isNull()
        ? Optional.empty()
        : Optional.of(reply(names[0], request.path(names[0])));
  }

  private static JsonNode below(JsonNode node, String name) {
    if (node.has(name)) {
      return node.get(name);
    }
    boolean named = node.path("type").asText().equals(name);
    return named || node.isValueNode() && node.asText().equals(name) ? node : node.path(name);
  }

  private Reply reply(String name, JsonNode value) {
    String shown = value.isContainerNode() ? "the given value" : value.toString();
    return switch (style) {
      case OPENAI ->
          openAi(
              "unsupported_value",
              "Unsupported value: '%1$s' does not support %2$s with this model. Only the default value is supported."
                  .formatted(name, shown),
              name);
      case OPENAI_PARAMETER ->
          openAi(
              "unsupported_parameter",
              "Unsupported parameter: '%s' is not supported with this model.".formatted(name),
              name);
      case PYDANTIC -> Reply.json(422, wrapped(extra(name, value)));
      case FASTAPI -> Reply.json(422, extra(name, value));
      case VLLM -> Reply.json(400, python(name, shown));
      case AZURE ->
          Reply.json(
              400, error("Unrecognized request argument supplied: " + name, "param", "code"));
      case GROQ -> ErrorBodies.invalid("property '%s' is unsupported".formatted(name));
    };
  }

  private static Reply openAi(String code, String message, String param) {
    ObjectNode body = error(message);
    ((ObjectNode) body.get("error")).put("param", param).put("code", code);
    return Reply.json(400, body);
  }

  private static ObjectNode error(String message, String... nulls) {
    ObjectNode body = CompletionBody.JSON.createObjectNode();
    ObjectNode error =
        body.putObject("error").put("message", message).put("type", "invalid_request_error");
    for (String name : nulls) {
      error.putNull(name);
    }
    return body;
  }

  private static ObjectNode extra(String name, JsonNode value) {
    ObjectNode body = CompletionBody.JSON.createObjectNode();
    ObjectNode detail = body.putArray("detail").addObject().put("type", "extra_forbidden");
    detail.putArray("loc").add("body").add(name);
    detail.put("msg", "Extra inputs are not permitted").set("input", value);
    return body;
  }

  private static ObjectNode wrapped(ObjectNode detail) {
    ObjectNode body = CompletionBody.JSON.createObjectNode().put("object", "error");
    body.set("message", detail);
    return body.put("type", "invalid_request_error").putNull("param").putNull("code");
  }

  private static ObjectNode python(String name, String value) {
    return CompletionBody.JSON
        .createObjectNode()
        .put("object", "error")
        .put(
            "message",
            "[{'type': 'extra_forbidden', 'loc': ('body', '%s'), 'msg': 'Extra inputs are not permitted', 'input': %s}]"
                .formatted(name, value))
        .put("type", "BadRequestError")
        .putNull("param")
        .put("code", 400);
  }
}
