package io.burnish.provider.fault;

import io.burnish.provider.wire.ChatAnswer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The provider cannot answer now. */
public final class Overloaded extends ProviderFault {
  private static final long serialVersionUID = 1L;
  private final transient @Nullable Duration waitTime;
  private final transient @Nullable ChatAnswer billed;

  /** An error response; {@code waitTime} is null when it names no wait. */
  public Overloaded(String model, int httpStatus, String message, @Nullable Duration waitTime) {
    super(model, httpStatus, message, null);
    this.waitTime = waitTime;
    this.billed = null;
  }

  /** An answer that the provider broke off; its usage counts. */
  public Overloaded(ChatAnswer answer, int httpStatus, String message) {
    super(answer.model(), httpStatus, message, null);
    this.waitTime = null;
    this.billed = answer.reportsUsage() ? answer : null;
  }

  /** A call that is not sent, because of a cooldown or the slow start. */
  public Overloaded(String model, String message) {
    super(model, 0, message, null);
    this.waitTime = null;
    this.billed = null;
  }

  @Override
  public Optional<Duration> waitTime() {
    return Optional.ofNullable(waitTime);
  }

  @Override
  public Optional<ChatAnswer> billedAnswer() {
    return Optional.ofNullable(billed);
  }

  @Override
  public Kind kind() {
    return Kind.OVERLOADED;
  }
}
