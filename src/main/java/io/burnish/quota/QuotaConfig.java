package io.burnish.quota;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** What is known of the limits before the provider tells. */
@ConfigMapping(prefix = "burnish.quota")
public interface QuotaConfig {

  /** Which plan's limits to begin with. */
  Plan plan();

  /** Limits that are known for certain: {@code model=rpm/rpd/tpm/tpd}, several by {@code ;}. */
  Optional<String> limits();

  /** How calls are paced. */
  Pace pacing();

  /** The delays of fixed pacing. */
  Delays fixed();

  /** How calls are paced. */
  enum Pace {
    /** By the provider's limits, as they are learned. */
    ADAPTIVE,
    /** By fixed delays, one call at a time. */
    FIXED
  }

  /** The delays of the script that Burnish replaces. */
  interface Delays {

    /** Between two successful requests. */
    Duration request();

    /** Before a request that follows an answer that was refused. */
    Duration retry();

    /** Before the first request to another model. */
    Duration modelSwitch();

    /** After a 429. */
    Duration throttled();
  }
}
