package io.burnish.client;

import java.nio.file.Path;

/**
 * A file of records, and where its results go.
 *
 * @param path absolute
 * @param name below the data directory, as the service is told
 */
record DataFile(Path path, String name) {

  Path directory() {
    return path.toAbsolutePath().getParent();
  }

  /** What was enhanced of it. */
  Path enhanced() {
    return path.resolveSibling("enhanced_" + path.getFileName());
  }

  /** What failed of it, as it came. */
  Path failed() {
    return path.resolveSibling("failed_" + path.getFileName());
  }
}
