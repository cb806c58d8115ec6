package io.burnish.provider.fault;

import io.burnish.provider.wire.ChatAnswer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tokens were generated, but there is no usable answer. */
public abstract sealed class UnusableAnswer extends ProviderFault permits Truncated, Unusable {
  private static final long serialVersionUID = 1L;
  private final @Nullable String text;
  private final transient @Nullable ChatAnswer billed;

  UnusableAnswer(String model, int httpStatus, String message, @Nullable String text) {
    super(model, httpStatus, message, null);
    this.text = text;
    this.billed = null;
  }

  UnusableAnswer(ChatAnswer answer, int httpStatus, String message) {
    super(answer.model(), httpStatus, message, null);
    this.text = answer.content().isBlank() ? null : answer.content();
    this.billed = answer.reportsUsage() ? answer : null;
  }

  @Override
  public Optional<String> failedGeneration() {
    return Optional.ofNullable(text);
  }

  @Override
  public Optional<ChatAnswer> billedAnswer() {
    return Optional.ofNullable(billed);
  }
}
