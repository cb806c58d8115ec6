package io.burnish.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The directory of an embedded server: its data, its binaries and its log. Only its owner can enter
 * it, and one process at a time can use it.
 */
final class ServerDirectory implements AutoCloseable {

  private static final String INCOMPLETE = "data.incomplete-";
  private static final String ENDED = "the server ended right after its start";

  private final Path root;
  private final FileChannel lockFile;

  private ServerDirectory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /**
   * Creates the directory if there is none, and locks it.
   *
   * @throws LocalStartException if another process uses it
   */
  static ServerDirectory open(Path root) throws IOException {
    OwnerOnly.directory(root);
    FileChannel lockFile =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    ServerDirectory directory = new ServerDirectory(root, lockFile);
    try {
      directory.lock();
      directory.closeBinaries();
      return directory;
    } catch (IOException | LocalStartException e) {
      directory.close();
      throw e;
    }
  }

  private void lock() throws IOException {
    try {
      FileLock lock = lockFile.tryLock();
      if (lock != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this process: the same result.
    }
    throw new LocalStartException(
        "Another Burnish uses the data in %s. Stop it, or set BURNISH_DATABASE_DIRECTORY to another directory."
            .formatted(root),
        null);
  }

  Path root() {
    return root;
  }

  Path data() {
    return root.resolve("data");
  }

  /** Whether there are data. */
  boolean hasData() {
    return Files.exists(data().resolve("PG_VERSION"));
  }

  /** A name, which no other start uses, of a directory in which data are created. */
  Path newIncompleteData() {
    return root.resolve(INCOMPLETE + UUID.randomUUID());
  }

  /** Directories of data that starts which were killed did not complete. */
  List<Path> incompleteData() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.filter(file -> file.getFileName().toString().startsWith(INCOMPLETE)).toList();
    }
  }

  /**
   * Deletes a directory of incomplete data. What initdb of a killed start writes meanwhile stays
   * until the next start.
   */
  void delete(Path incomplete) {
    try (Stream<Path> files = Files.walk(incomplete)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // Its name is not used again.
    }
  }

  Path binaries() {
    return root.resolve("server");
  }

  /** Closes the binaries to other users; the library opens them while it unpacks. */
  void closeBinaries() throws IOException {
    OwnerOnly.directory(binaries());
  }

  /** The log of the server since its start. */
  Path log() {
    return root.resolve("postgresql.log");
  }

  void clearLog() throws IOException {
    Files.writeString(log(), "");
  }

  /** The last fatal error in the log. */
  Optional<String> lastError() {
    try (Stream<String> lines = Files.lines(log())) {
      return lines
          .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
          .reduce((before, last) -> last);
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /**
   * The process of the server.
   *
   * @throws IOException if it has ended; the message says why
   */
  ProcessHandle process() throws IOException {
    return Postmaster.of(data())
        .orElseThrow(() -> new IOException(lastError().orElse(ENDED)))
        .process();
  }

  /** Releases the lock. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the lock file", e);
    }
  }
}
