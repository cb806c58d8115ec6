package io.burnish.api.download;

import io.burnish.settings.AtLeast;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Limits of downloads: number and lowest rate. */
@ConfigMapping(prefix = "burnish.export")
public interface ExportConfig {

  /**
   * Downloads of results, failures and the state file at the same time. Each holds a thread and a
   * page of records while it lasts; further ones are refused with 429.
   */
  @Min(1)
  int downloadsAtOnce();

  /**
   * Bytes a second that a client must read, on average over {@link #rateOver()}; the connection of
   * a slower one is closed. 0: no limit.
   */
  @AtLeast(0)
  MemorySize leastRate();

  /** Time over which {@link #leastRate()} is measured. At least a second. */
  @DurationMin(seconds = 1)
  Duration rateOver();
}
