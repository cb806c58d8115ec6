package io.burnish.quota;

import io.burnish.settings.Allowed;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * What is known of the limits before the provider tells. Public, because the validator calls the
 * nested mapping from its own package.
 */
@ConfigMapping(prefix = "burnish.quota")
public interface QuotaConfig {

  /** Which plan's limits to begin with. */
  Plan plan();

  /** Limits that are known for certain: {@code model=rpm/rpd/tpm/tpd}, several by {@code ;}. */
  @Allowed(
      "model=rpm/rpd/tpm/tpd, each a whole number over 0 or - for none, several separated by ;")
  Optional<@Pattern(regexp = ConfiguredLimits.SYNTAX) String> limits();

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
    @DurationMin
    Duration request();

    /** Before a request that follows an answer that was refused. */
    @DurationMin
    Duration retry();

    /** Before the first request to another model. */
    @DurationMin
    Duration modelSwitch();

    /** After a 429. */
    @DurationMin
    Duration throttled();
  }
}
