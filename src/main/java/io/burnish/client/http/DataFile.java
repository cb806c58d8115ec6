package io.burnish.client.http;

import io.burnish.record.DataFileNames;
import java.nio.file.Path;

/**
 * A file of records, and the paths of its results.
 *
 * @param path absolute
 * @param name relative to the data directory, as sent to the service
 */
public record DataFile(Path path, String name) {

  /** The directory in which the results are written. */
  public Path directory() {
    return path.toAbsolutePath().getParent();
  }

  /** The file of its enhanced records. */
  public Path enhanced() {
    return path.resolveSibling(DataFileNames.enhanced(path.getFileName().toString()));
  }

  /** The file of its failed records, unchanged. */
  public Path failed() {
    return path.resolveSibling(DataFileNames.failed(path.getFileName().toString()));
  }
}
