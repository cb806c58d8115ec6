package io.burnish.intake;

import io.burnish.settings.AtLeast;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Min;

/** How large a record may be, and how many there may be. */
@ConfigMapping(prefix = "burnish.intake")
public interface RecordLimits {

  /**
   * The largest record that is worked on, as it was posted, blanks included. A larger one becomes a
   * failed item ({@code record_too_large}). From 1 kB to 8 MB; what is larger than 8 MB is refused
   * whatever this says.
   */
  @AtLeast(1024)
  MemorySize maxRecord();

  /** Records of a job at most, over all its files; 1 or more. */
  @Min(1)
  int maxRecords();
}
