package io.burnish.provider.fault;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rate limit is reached. */
public final class Throttled extends ProviderFault {
  private static final long serialVersionUID = 1L;
  private final Dimension dimension;
  private final transient @Nullable Duration waitTime;
  private final transient @Nullable Figures figures;

  /**
   * The figures in the provider's message.
   *
   * @param limit of the window
   * @param used used part of it, rounded
   * @param requested by the call
   */
  public record Figures(double limit, double used, double requested) {}

  /** {@code waitTime} is null when the provider names none. */
  public Throttled(
      String model,
      int httpStatus,
      String message,
      Dimension dimension,
      @Nullable Duration waitTime) {
    this(model, httpStatus, message, dimension, waitTime, null);
  }

  /** {@code figures} is null when the provider names none. */
  public Throttled(
      String model,
      int httpStatus,
      String message,
      Dimension dimension,
      @Nullable Duration waitTime,
      @Nullable Figures figures) {
    super(model, httpStatus, message, null);
    this.dimension = dimension;
    this.waitTime = waitTime;
    this.figures = figures;
  }

  /** The figures; empty when the provider names none. */
  public Optional<Figures> figures() {
    return Optional.ofNullable(figures);
  }

  @Override
  public Kind kind() {
    return Kind.THROTTLED;
  }

  /** The limit that is reached. */
  public Dimension dimension() {
    return dimension;
  }

  @Override
  public Optional<Duration> waitTime() {
    return Optional.ofNullable(waitTime);
  }
}
