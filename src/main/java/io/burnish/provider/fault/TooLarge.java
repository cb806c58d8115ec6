package io.burnish.provider.fault;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request exceeds a limit of the model. */
public final class TooLarge extends ProviderFault {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Double limit;

  /** A request that must be split; {@code limit} is null when the provider names none. */
  public TooLarge(String model, int httpStatus, String message, @Nullable Double limit) {
    super(model, httpStatus, message, null);
    this.limit = limit;
  }

  /** The limit of tokens per minute; empty when the provider names none. */
  public Optional<Double> limit() {
    return Optional.ofNullable(limit);
  }

  @Override
  public Kind kind() {
    return Kind.TOO_LARGE;
  }
}
