package io.burnish.callback;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** Where callbacks may go, and how they are signed and retried. */
@ConfigMapping(prefix = "burnish.callback")
public interface CallbackConfig {

  /**
   * Hosts and address ranges (CIDR) that are allowed besides public addresses over https: for them
   * http and private addresses are allowed. {@code BURNISH_CALLBACK_ALLOW}.
   */
  Optional<List<String>> allow();

  /**
   * Secret of the signatures ({@code BURNISH_WEBHOOK_SECRET}) of the owner {@code default}, until
   * it creates one of its own.
   */
  Optional<String> secret();

  /** How long a callback is retried. */
  @NotNull
  @DurationMin(seconds = 1)
  Duration retryFor();

  /** Wait after the first failed try; it doubles each time, up to an hour. */
  @NotNull
  @DurationMin(millis = 1)
  Duration firstRetry();
}
