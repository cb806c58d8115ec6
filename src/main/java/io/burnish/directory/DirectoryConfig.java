package io.burnish.directory;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** Where data directories are, and how a write-back is retried. */
@ConfigMapping(prefix = "burnish.directory")
public interface DirectoryConfig {

  /**
   * The root of all data directories ({@code DISCOUNT_DATA_DIR}): jobs read and write below it, and
   * nowhere else. Empty: {@code dataDir} is refused, and this replica writes nothing back.
   */
  Optional<Path> root();

  /** Wait after the first failed write-back of a job; it doubles each time. */
  @NotNull
  @DurationMin(millis = 1)
  Duration firstRetry();

  /** Longest wait between two tries. */
  @NotNull
  @DurationMin(millis = 1)
  Duration longestRetry();
}
