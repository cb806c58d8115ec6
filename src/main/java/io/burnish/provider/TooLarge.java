package io.burnish.provider;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request can never fit the limit. */
public final class TooLarge extends ProviderFault {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Double limit;

  /** A request that must be made smaller; {@code limit} is null when the provider named none. */
  public TooLarge(String model, int httpStatus, String message, @Nullable Double limit) {
    super(model, httpStatus, message, null);
    this.limit = limit;
  }

  /** The limit of tokens a minute, when the provider tells it. */
  public Optional<Double> limit() {
    return Optional.ofNullable(limit);
  }

  @Override
  public Kind kind() {
    return Kind.TOO_LARGE;
  }
}
