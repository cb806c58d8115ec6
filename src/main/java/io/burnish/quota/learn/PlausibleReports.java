package io.burnish.quota.learn;

import io.burnish.quota.limit.RateLimitObservation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Replaces implausible usage and limits in the answers of models. Logs each once for each model.
 * Thread-safe.
 */
public final class PlausibleReports {

  private static final Logger LOG = Logger.getLogger(PlausibleReports.class);

  /** Reported usage above so many times the reservation is wrong. */
  private static final double MAX_USAGE_RATIO = 20;

  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /** The reported usage; the reservation if the usage is not credible. */
  public double usage(String model, long reserved, long used) {
    if (used >= 0 && used <= MAX_USAGE_RATIO * Math.max(1, reserved)) {
      return used;
    }
    once(
        model + " usage",
        "Model %s: implausible usage of %d tokens in an answer (reserved: %d) is ignored; the reservation counts"
            .formatted(model, used, reserved));
    return reserved;
  }

  /** The observation without limits that can't be. */
  public RateLimitObservation limits(String model, RateLimitObservation observation) {
    RateLimitObservation credible = observation.credible();
    if (!credible.equals(observation)) {
      once(
          model + " limits",
          "Model %s: implausible rate limits in headers (requests %s, tokens %s) are ignored"
              .formatted(model, shown(observation.requests()), shown(observation.tokens())));
    }
    return credible;
  }

  private static String shown(RateLimitObservation.Reported reported) {
    return reported.limit().map(String::valueOf).orElse("none");
  }

  private void once(String what, String line) {
    if (warned.add(what)) {
      LOG.warn(line);
    }
  }

  /** Forgets which lines were logged about the model. */
  public void reset(String model) {
    warned.remove(model + " usage");
    warned.remove(model + " limits");
  }
}
