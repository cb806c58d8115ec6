package io.burnish.provider;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The provider can't just now. */
public final class Overloaded extends ProviderFault {
  private static final long serialVersionUID = 1L;
  private final transient @Nullable Duration waitTime;

  /** A response that says so; {@code waitTime} is null when it names no wait. */
  public Overloaded(String model, int httpStatus, String message, @Nullable Duration waitTime) {
    super(model, httpStatus, message, null);
    this.waitTime = waitTime;
  }

  /** What we take for an overload without a response, for a reason of ours. */
  public Overloaded(String model, String message, Throwable cause) {
    super(model, 0, message, cause);
    this.waitTime = null;
  }

  @Override
  public Optional<Duration> waitTime() {
    return Optional.ofNullable(waitTime);
  }

  @Override
  public Kind kind() {
    return Kind.OVERLOADED;
  }
}
