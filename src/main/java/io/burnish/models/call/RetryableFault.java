package io.burnish.models.call;

import io.burnish.provider.fault.ProviderFault;
import java.time.Duration;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Selects the faults after which the same call is retried: rate limits and overload with a short
 * wait, unless another call began the cooldown.
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
      // Without a named wait the provider may recover at once.
      case OVERLOADED -> fault.waitTime().map(this::isShort).orElse(true);
      case UNREACHABLE, TIMED_OUT, REFUSED, UNSUPPORTED, GONE, TOO_LARGE, TRUNCATED, UNUSABLE ->
          false;
    };
  }

  private boolean isShort(Duration wait) {
    return wait.compareTo(longestWait) <= 0;
  }
}
