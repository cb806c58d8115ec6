package io.burnish.attempt;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Limits of the attempts at a record. */
@ConfigMapping(prefix = "burnish.worker")
public interface AttemptConfig {

  /** Rejected answers after which a record fails. */
  @Min(1)
  @Max(1000)
  int maxAttempts();

  /**
   * Rejected answers of one model about a record, after which the next model is asked. A model that
   * repeats a rejected answer is left sooner; a single model has all attempts.
   */
  @Min(1)
  int triesPerModel();

  /** HTTP calls about a record that are, or may be, paid for; at this number it fails. */
  @Min(1)
  @Max(1000)
  int maxCalls();

  /** Internal errors at a record after which it fails as {@code internal_error}. */
  @Min(1)
  @Max(1000)
  int maxInternalErrors();

  /**
   * Re-asks that fall due within such a span are asked together at its end, so that they share a
   * call. Zero: each at once.
   */
  @DurationMin
  Duration reaskGather();
}
