package io.burnish.completion;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Min;

/** How progress is logged. */
@ConfigMapping(prefix = "burnish.worker")
public interface CompletionConfig {

  /** A job's progress is logged each time this many of its records are decided; over 0. */
  @Min(1)
  int progressEvery();
}
