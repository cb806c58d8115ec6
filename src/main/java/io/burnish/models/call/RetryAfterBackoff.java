package io.burnish.models.call;

import io.burnish.provider.fault.ProviderFault;
import io.smallrye.faulttolerance.api.CustomBackoffStrategy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Delay before a retry of the same call: the wait that the provider names, plus up to 10 % so that
 * calls spread; else 500 ms, doubling. One instance serves one call.
 */
public final class RetryAfterBackoff implements CustomBackoffStrategy {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final double JITTER = 0.1;

  private Duration next = FIRST;

  @Override
  public long nextDelayInMillis(Throwable failure) {
    Duration named =
        failure instanceof ProviderFault fault
            ? fault.waitTime().orElse(Duration.ZERO)
            : Duration.ZERO;
    Duration base = named.compareTo(next) > 0 ? named : next;
    next = next.multipliedBy(2);
    return (long) (base.toMillis() * (1 + JITTER * ThreadLocalRandom.current().nextDouble()));
  }
}
