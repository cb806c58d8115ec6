package io.burnish.intake;

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
 * The directory of the bodies, and of the parts that the form reader makes of them. A process that
 * was killed may leave parts there; they are removed at start, unless another process that is alive
 * uses the directory too.
 */
@Singleton
class SpoolDirectory {

  private static final Logger LOG = Logger.getLogger(SpoolDirectory.class);

  /** Names of what lies here: bodies, and parts of the form reader. */
  private static final String OURS = "{burnish-*.body,resteasy-reactive*upload}";

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
      enter();
    } catch (IOException e) {
      LOG.warnf(
          "The directory of bodies can't be prepared; bodies are refused with 507 while it can't be written: %s",
          e.toString());
    }
  }

  Path path() {
    return path;
  }

  private void enter() throws IOException {
    lock =
        FileChannel.open(
            path.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try (FileLock alone = lock.tryLock()) {
      if (alone != null) {
        removeLeftovers();
      }
    } catch (OverlappingFileLockException e) {
      LOG.debugf("Another service of this process uses %s: nothing is removed", path);
      return;
    }
    lock.lock(0, Long.MAX_VALUE, true);
  }

  private void removeLeftovers() throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> left = Files.newDirectoryStream(path, OURS)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
        removed++;
      }
    }
    if (removed > 0) {
      LOG.infof("Removed %d files that an ended process left in %s", removed, path);
    }
  }

  /** Lets another process remove what this one leaves. */
  void leave() {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        LOG.debugf(e, "The lock of %s could not be given back", path);
      }
    }
  }
}
