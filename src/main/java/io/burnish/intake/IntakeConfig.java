package io.burnish.intake;

import io.burnish.settings.AtLeast;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** How much is taken in, how fast it must come, and where it lies meanwhile. */
@ConfigMapping(prefix = "burnish.intake")
public interface IntakeConfig {

  /**
   * The largest body, counted unpacked; a body that is packed counts as what comes out of it, so
   * that a few kilobytes can't fill the disk.
   */
  @AtLeast(1024)
  MemorySize maxBody();

  /**
   * The largest record that is worked on, as it was posted, blanks included. A larger one becomes a
   * failed item ({@code record_too_large}). From 1 kB to 8 MB; what is larger than 8 MB is refused
   * whatever this says.
   */
  @AtLeast(1024)
  MemorySize maxRecord();

  /** Records of a job at most, over all its files. */
  @Min(1)
  int maxRecords();

  /**
   * What all bodies together may take on disk, in this process; must exceed {@link #maxBody()}. A
   * packed body and a multipart body lie there twice: as they came, and unpacked or part by part.
   */
  @AtLeast(0)
  MemorySize maxOnDisk();

  /**
   * Bodies that may be on their way in, or wait to be stored, at the same time. Each takes one file
   * descriptor and no thread.
   */
  @Min(1)
  int uploadsAtOnce();

  /**
   * Bytes a second that a body must bring, on average over {@link #rateOver()}; slower ones are
   * refused with 408. 0: no limit.
   */
  @AtLeast(0)
  MemorySize leastRate();

  /** Time over which {@link #leastRate()} is measured. At least a second. */
  @DurationMin(seconds = 1)
  Duration rateOver();

  /**
   * Parts that a multipart body may have. The form reader's own limit ({@code
   * quarkus.http.limits.max-parameters}) must not be lower.
   */
  @Min(1)
  @Max(100_000)
  int maxFiles();

  /**
   * Where bodies lie while they are read; is made if it is not there. Files that an ended process
   * left in it are removed at start, unless another process uses it too.
   */
  Optional<Path> directory();
}
