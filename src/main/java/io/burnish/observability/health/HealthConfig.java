package io.burnish.observability.health;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** When the service is not live. */
@ConfigMapping(prefix = "burnish.health")
public interface HealthConfig {

  /**
   * Time without a turn of a background loop after which the service is not live; must exceed the
   * longest time that a statement may take.
   */
  @DurationMin(seconds = 1)
  Duration stalledAfter();
}
