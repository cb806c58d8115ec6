package io.burnish.provider;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The provider can't answer just now. */
public final class Overloaded extends ProviderFault {
  private static final long serialVersionUID = 1L;
  private final transient @Nullable Duration waitTime;
  private final transient @Nullable ChatAnswer paid;

  /** A response that says so; {@code waitTime} is null when it names no wait. */
  public Overloaded(String model, int httpStatus, String message, @Nullable Duration waitTime) {
    super(model, httpStatus, message, null);
    this.waitTime = waitTime;
    this.paid = null;
  }

  /** An answer that broke off for a reason of the provider's; what it cost counts. */
  public Overloaded(ChatAnswer answer, int httpStatus, String message) {
    super(answer.model(), httpStatus, message, null);
    this.waitTime = null;
    this.paid = answer.reportsUsage() ? answer : null;
  }

  /** No call is sent, because the model is in a cooldown or has as many calls as it may have. */
  public Overloaded(String model, String message) {
    super(model, 0, message, null);
    this.waitTime = null;
    this.paid = null;
  }

  @Override
  public Optional<Duration> waitTime() {
    return Optional.ofNullable(waitTime);
  }

  @Override
  public Optional<ChatAnswer> paid() {
    return Optional.ofNullable(paid);
  }

  @Override
  public Kind kind() {
    return Kind.OVERLOADED;
  }
}
