package io.burnish.intake;

import io.burnish.settings.AtLeast;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** How much is taken in, and where it lies meanwhile. */
@ConfigMapping(prefix = "burnish.intake")
interface IntakeConfig {

  /**
   * The largest body, counted unpacked; a body that is packed counts as what comes out of it, so
   * that a few kilobytes can't fill the disk.
   */
  @AtLeast(1024)
  MemorySize maxBody();

  /**
   * Where bodies lie while they are read: needs room for as many of the largest as come at the same
   * time. Unset: the system's directory for temporary files.
   */
  Optional<Path> directory();
}
