package io.burnish.retention;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long what is over is kept. */
@ConfigMapping(prefix = "burnish.retention")
public interface RetentionConfig {

  /**
   * Age, counted from its end, at which a job is removed with its records, results and calls; what
   * was decided stays tracked. 0: never.
   */
  @DurationMin
  Duration finishedJobs();

  /**
   * Age at which what a model wrote, word by word, is forgotten, once all that it was about is
   * decided. 0: only with its job.
   */
  @DurationMin
  Duration rawAnswers();

  /** Time between two looks; over 0. */
  @DurationMin(millis = 1)
  Duration every();
}
