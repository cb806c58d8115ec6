package io.burnish.intake.body;

import io.burnish.settings.AtLeast;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** Limits of request bodies, and the directory where they are spooled. */
@ConfigMapping(prefix = "burnish.intake")
public interface IntakeConfig {

  /**
   * Largest request body. A body packed with gzip counts unpacked, so that a few kilobytes can't
   * fill the disk.
   */
  @AtLeast(1024)
  MemorySize maxBody();

  /**
   * Largest record, as it was posted, blanks included. A larger one becomes a failed item ({@code
   * record_too_large}). From 1 kB to 8 MB: a body with a record over 8 MB is rejected in any case.
   */
  @AtLeast(1024)
  MemorySize maxRecord();

  /** Most records of a job, over all its files. */
  @Min(1)
  int maxRecords();

  /**
   * Most bytes that all bodies of this process take on disk together; must exceed {@link
   * #maxBody()}. A packed body and a multipart body take space twice: as sent, and unpacked or part
   * by part.
   */
  @AtLeast(0)
  MemorySize maxOnDisk();

  /**
   * Most bodies that are received, or wait to be stored, at the same time. Each takes one file
   * descriptor and no thread.
   */
  @Min(1)
  int uploadsAtOnce();

  /**
   * Lowest rate of a body in bytes a second, on average over {@link #rateOver()}. A slower body is
   * rejected with 408. 0: no limit.
   */
  @AtLeast(0)
  MemorySize leastRate();

  /** Time over which {@link #leastRate()} is measured. At least a second. */
  @DurationMin(seconds = 1)
  Duration rateOver();

  /**
   * Most parts of a multipart body. The form reader's own limit ({@code
   * quarkus.http.limits.max-parameters}) must not be lower.
   */
  @Min(1)
  @Max(100_000)
  int maxFiles();

  /**
   * The spool directory, where bodies are kept while they are read; created if missing. Files that
   * an ended process left in it are removed at start, unless another process uses it too.
   */
  Optional<Path> directory();
}
