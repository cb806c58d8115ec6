package io.burnish.models;

import io.burnish.provider.ProviderFault;
import io.smallrye.faulttolerance.api.CustomBackoffStrategy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the same call is tried again: as long as the provider asks, and a little
 * more, so that not all come back at once; else half a second, doubling. One instance serves one
 * call.
 */
public final class RetryAfterBackoff implements CustomBackoffStrategy {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final double JITTER = 0.1;

  private Duration next = FIRST;

  @Override
  public long nextDelayInMillis(Throwable failure) {
    Duration asked =
        failure instanceof ProviderFault fault
            ? fault.waitTime().orElse(Duration.ZERO)
            : Duration.ZERO;
    Duration base = asked.compareTo(next) > 0 ? asked : next;
    next = next.multipliedBy(2);
    return (long) (base.toMillis() * (1 + JITTER * ThreadLocalRandom.current().nextDouble()));
  }
}
