package io.burnish.retention;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long finished work is kept. */
@ConfigMapping(prefix = "burnish.retention")
public interface RetentionConfig {

  /**
   * Age, counted from its end, at which a job is removed with its records, results and calls.
   * Tracking keeps its decisions. 0: never.
   */
  @DurationMin
  Duration finishedJobs();

  /**
   * Age at which the raw answer of a call is deleted, once all records of the call are decided. 0:
   * only with its job.
   */
  @DurationMin
  Duration rawAnswers();

  /** Age at which a row of the audit is deleted. 0: never. */
  @DurationMin
  Duration audit();

  /** Time between two runs; at least 1 s, the resolution of the scheduler. */
  @DurationMin(seconds = 1)
  Duration every();
}
