package io.burnish.job;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How jobs are stored. */
@ConfigMapping(prefix = "burnish.jobs")
public interface JobsConfig {

  /**
   * Jobs that are read and stored at the same time, by this replica. Each holds a thread and a
   * connection for as long as its records take, and the workers need some too.
   */
  @Min(1)
  @Max(1000)
  int storeAtOnce();

  /** How long a job waits for its turn to be stored, before its owner is told to come again. */
  @DurationMin
  Duration storePatience();

  /** How long storing one job may take; the transaction is given up then. Whole seconds. */
  @DurationMin(seconds = 1)
  Duration storeWithin();
}
