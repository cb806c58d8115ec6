package io.burnish.provider.wire;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request that can be left out, each when the model refuses it. Its substitute is
 * sent then: {@code max_tokens} for {@code max_completion_tokens}, a JSON object for a JSON schema,
 * and plain text for a JSON object (the system message asks for JSON all the same).
 *
 * <p>Source: the API references of OpenAI, Mistral, vLLM, Ollama and llama.cpp, which differ in
 * what they take; read 2026-11.
 */
public enum RequestField {
  /** Refused by OpenAI's reasoning models unless it is 1. */
  TEMPERATURE("temperature"),
  /** Refused by models that do not reason, and with other values by some that do. */
  REASONING_EFFORT("reasoning_effort"),
  /** Groq's own. */
  INCLUDE_REASONING("include_reasoning"),
  /** Unknown to endpoints that have only the older {@link #MAX_TOKENS}. */
  MAX_COMPLETION_TOKENS("max_completion_tokens"),
  /** Sent in place of {@link #MAX_COMPLETION_TOKENS}. */
  MAX_TOKENS("max_tokens"),
  /** {@code response_format} of type {@code json_schema}. */
  JSON_SCHEMA("response_format.json_schema"),
  /** {@code response_format} of type {@code json_object}; sent in place of a schema. */
  JSON_OBJECT("response_format.json_object");

  private final String word;

  RequestField(String word) {
    this.word = word;
  }

  /** The name in the API, the database and the log. */
  public String word() {
    return word;
  }

  /** The field in the JSON of the request. */
  String jsonName() {
    int dot = word.indexOf('.');
    return dot < 0 ? word : word.substring(0, dot);
  }

  /** What is sent in its place, for log lines. */
  public String substitute() {
    return switch (this) {
      case MAX_COMPLETION_TOKENS -> MAX_TOKENS.word;
      case JSON_SCHEMA -> JSON_OBJECT.word;
      case TEMPERATURE, REASONING_EFFORT, INCLUDE_REASONING, MAX_TOKENS, JSON_OBJECT -> "nothing";
    };
  }

  /**
   * The sent field that a provider calls by this name; null when it is none. {@code max_tokens} and
   * {@code max_completion_tokens} are one limit: a provider that translates one into the other
   * reports the other.
   */
  public static @Nullable RequestField named(String name, Set<RequestField> sent) {
    String first = name.toLowerCase(Locale.ROOT).strip();
    for (RequestField field : sent) {
      if (first.equals(field.jsonName())
          || first.startsWith(field.jsonName() + ".")
          || first.startsWith(field.jsonName() + "[")) {
        return field;
      }
    }
    if (first.equals(MAX_TOKENS.word) || first.equals(MAX_COMPLETION_TOKENS.word)) {
      return sent.contains(MAX_COMPLETION_TOKENS)
          ? MAX_COMPLETION_TOKENS
          : sent.contains(MAX_TOKENS) ? MAX_TOKENS : null;
    }
    return null;
  }
}
