package io.burnish.provider;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something was generated that is no good as an answer. */
public abstract sealed class UnusableAnswer extends ProviderFault permits Truncated, Unusable {
  private static final long serialVersionUID = 1L;
  private final @Nullable String text;
  private final transient @Nullable ChatAnswer paid;

  UnusableAnswer(String model, int httpStatus, String message, @Nullable String text) {
    super(model, httpStatus, message, null);
    this.text = text;
    this.paid = null;
  }

  UnusableAnswer(ChatAnswer answer, int httpStatus, String message) {
    super(answer.model(), httpStatus, message, null);
    this.text = answer.content().isBlank() ? null : answer.content();
    this.paid = answer.reportsUsage() ? answer : null;
  }

  @Override
  public Optional<String> failedGeneration() {
    return Optional.ofNullable(text);
  }

  @Override
  public Optional<ChatAnswer> paid() {
    return Optional.ofNullable(paid);
  }
}
