package io.burnish.attempt;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How often a record is tried. */
@ConfigMapping(prefix = "burnish.worker")
public interface AttemptConfig {

  /** Answers to one record that may be refused before it is given up. */
  @Min(1)
  @Max(1000)
  int maxAttempts();

  /**
   * Refused answers of one model about a record, after which the next model is asked. A model that
   * repeats a refused answer is given up sooner; a single model has all attempts.
   */
  @Min(1)
  int triesPerModel();

  /** HTTP calls about a record that are or may be paid for, at most; then it fails. */
  @Min(1)
  @Max(1000)
  int maxCalls();

  /** Errors of the service itself at a record, after which it fails as {@code internal_error}. */
  @Min(1)
  @Max(1000)
  int maxInternalErrors();

  /**
   * Records whose answers were refused within one such span are asked about together at its end.
   * Zero: each at once.
   */
  @DurationMin
  Duration reaskGather();
}
