package io.burnish.intake.body;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The spool directory: request bodies, and the parts of multipart bodies that the form reader
 * writes. A killed process may leave parts in it. They are removed at start, unless another running
 * process uses the directory too.
 */
@Singleton
class SpoolDirectory {

  private static final Logger LOG = Logger.getLogger(SpoolDirectory.class);

  /** File names of bodies, and of the form reader's parts. */
  private static final String SPOOL_FILES = "{burnish-*.body,resteasy-reactive*upload}";

  private static final String LOCK = ".in-use";

  private final Path path;
  private @Nullable FileChannel lock;

  @Inject
  SpoolDirectory(
      IntakeConfig config,
      @ConfigProperty(name = "quarkus.http.body.uploads-directory") String ofForms) {
    this(config.directory().orElse(Path.of(ofForms)));
  }

  SpoolDirectory(Path path) {
    this.path = path;
    try {
      Files.createDirectories(path);
      lock();
    } catch (IOException e) {
      LOG.warnf(
          "Spool directory %s is not writable: %s. Request bodies are rejected with 507 until it is (burnish.intake.directory)",
          path, e.toString());
    }
  }

  Path path() {
    return path;
  }

  private void lock() throws IOException {
    lock =
        FileChannel.open(
            path.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try (FileLock exclusive = lock.tryLock()) {
      if (exclusive != null) {
        removeLeftovers();
      }
    } catch (OverlappingFileLockException e) {
      LOG.debugf(
          "Spool directory %s is used by another service of this process: no files are removed",
          path);
      return;
    }
    lock.lock(0, Long.MAX_VALUE, true);
  }

  private void removeLeftovers() throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(path, SPOOL_FILES)) {
      for (Path file : leftovers) {
        Files.deleteIfExists(file);
        removed++;
      }
    }
    if (removed > 0) {
      LOG.infof("Removed %d files of an ended process from the spool directory %s", removed, path);
    }
  }

  /** Lets another process remove the files that this one leaves. */
  void unlock() {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        LOG.debugf(e, "Cannot release the lock of the spool directory %s", path);
      }
    }
  }
}
