package io.burnish.job.stored;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Limits for storing jobs. */
@ConfigMapping(prefix = "burnish.jobs")
public interface JobsConfig {

  /**
   * Jobs that this replica reads and stores at the same time. Each holds a thread and a database
   * connection until it is stored; the worker needs some of both too.
   */
  @Min(1)
  @Max(1000)
  int storeAtOnce();

  /** How long a request waits for a permit to store its job; then it is answered 429. */
  @DurationMin
  Duration storeTimeout();

  /** Timeout of the transaction that stores one job. Whole seconds. */
  @DurationMin(seconds = 1)
  Duration storeWithin();
}
