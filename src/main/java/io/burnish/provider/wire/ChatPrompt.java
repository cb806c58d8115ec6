package io.burnish.provider.wire;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * A prompt, without the model.
 *
 * @param system the static system message; mentions JSON, as JSON mode demands (Source: Groq
 *     text-generation page)
 * @param user the user message: a JSON document {@code {"records":[…]}}
 * @param answerSchema strict JSON schema of the answer, as JSON, for models that support it
 * @param maxCompletionTokens most tokens the answer may have, reasoning included; over 0
 */
public record ChatPrompt(String system, String user, String answerSchema, int maxCompletionTokens) {

  /** Bytes of the messages and of the schema in UTF-8. */
  public long bytes() {
    return Stream.of(system, user, answerSchema)
        .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }
}
