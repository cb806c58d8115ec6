package io.burnish.queue;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How claims are shared among jobs. */
@ConfigMapping(prefix = "burnish.queue")
public interface QueueConfig {

  /**
   * A job counts as one priority higher for each such period since it was posted, up to the highest
   * priority among jobs with ready items. At least a second. A longer period favours priority, a
   * shorter one favours age.
   */
  @DurationMin(seconds = 1)
  Duration aging();
}
