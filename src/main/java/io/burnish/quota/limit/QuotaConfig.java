package io.burnish.quota.limit;

import io.burnish.settings.Allowed;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * Settings of quotas and pacing. Public, because the validator calls the nested mapping from its
 * own package.
 */
@ConfigMapping(prefix = "burnish.quota")
public interface QuotaConfig {

  /** {@code BURNISH_PLAN}: the plan to assume at the start. */
  Plan plan();

  /**
   * {@code BURNISH_LIMITS}: known limits, {@code model=rpm/rpd/tpm/tpd}, separated by {@code ;}.
   */
  @Allowed(
      "model=rpm/rpd/tpm/tpd, each a whole number over 0 or - for none, several separated by ;")
  Optional<@Pattern(regexp = ConfiguredLimits.SYNTAX) String> limits();

  /** {@code BURNISH_PACING}: how calls are paced. */
  Pace pacing();

  /** The delays of fixed pacing. */
  Delays fixed();

  /** How calls are paced. */
  enum Pace {
    /** By the limits of the provider. */
    ADAPTIVE,
    /** One call at a time, with fixed delays. */
    FIXED
  }

  /** The delays of the replaced script. */
  interface Delays {

    /** Between two successful requests. */
    @DurationMin
    Duration request();

    /** Before the retry after an invalid answer or a failed call. */
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
