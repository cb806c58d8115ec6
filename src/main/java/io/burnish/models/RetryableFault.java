package io.burnish.models;

import io.burnish.provider.ProviderFault;
import java.time.Duration;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Which faults are worth another try of the same call: those that pass by themselves, and soon, and
 * whose cooldown no other call began.
 */
public final class RetryableFault implements Predicate<Throwable> {

  private final Duration longestWait =
      ConfigProvider.getConfig().getValue("burnish.models.longest-wait", Duration.class);

  @Override
  public boolean test(Throwable failure) {
    if (!(failure instanceof ProviderFault fault) || !fault.isRetryAllowed()) {
      return false;
    }
    return switch (fault.kind()) {
      case THROTTLED -> fault.waitTime().filter(this::isShort).isPresent();
      // Who names no wait may be back in a moment.
      case OVERLOADED -> fault.waitTime().map(this::isShort).orElse(true);
      case UNREACHABLE, TIMED_OUT, REFUSED, UNSUPPORTED, GONE, TOO_LARGE, TRUNCATED, UNUSABLE ->
          false;
    };
  }

  private boolean isShort(Duration wait) {
    return wait.compareTo(longestWait) <= 0;
  }
}
