package io.burnish.queue;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How claims are divided. */
@ConfigMapping(prefix = "burnish.queue")
public interface QueueConfig {

  /**
   * A job counts as one priority higher for each such time that has passed since it was posted, up
   * to the highest among those at hand; a second or more. Longer: priorities count for longer.
   * Shorter: old jobs do.
   */
  @DurationMin(seconds = 1)
  Duration aging();
}
