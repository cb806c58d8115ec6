package io.burnish.job;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How jobs are stored. */
@ConfigMapping(prefix = "burnish.jobs")
interface JobsConfig {

  /**
   * Jobs that are stored at the same time, by this replica; over 0. Each holds a connection for as
   * long as its records take, and the workers need some too.
   */
  int storeAtOnce();

  /** How long a job waits for its turn to be stored, before its owner is told to come again. */
  Duration storePatience();

  /** How long storing one job may take; the transaction is given up then. Whole seconds. */
  Duration storeWithin();
}
