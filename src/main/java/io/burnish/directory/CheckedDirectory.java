package io.burnish.directory;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose path was checked. It is opened name by name without following a link, and its
 * files are opened, renamed and deleted relative to it. So a directory that is replaced by a link
 * after the check leads nowhere else. Where that is not possible (no {@code openat}, or no right to
 * read it), the last name of each path is not followed. Not thread-safe.
 */
final class CheckedDirectory implements AutoCloseable {

  private final Path path;
  private final @Nullable SecureDirectoryStream<Path> opened;

  private CheckedDirectory(Path path, @Nullable SecureDirectoryStream<Path> opened) {
    this.path = path;
    this.opened = opened;
  }

  /**
   * Opens a directory.
   *
   * @param real absolute, with all links resolved
   * @throws IOException when a part of the path is a link by now, or is not there
   */
  static CheckedDirectory open(Path real) throws IOException {
    Path path = real.getRoot();
    Optional<SecureDirectoryStream<Path>> current = byPath(path);
    for (Path name : real) {
      path = path.resolve(name);
      current = current.isPresent() ? below(current.get(), name) : byPath(path);
    }
    return new CheckedDirectory(real, current.orElse(null));
  }

  /** Empty when it may not be read, or the file system can't open relative to it. */
  private static Optional<SecureDirectoryStream<Path>> byPath(Path path) throws IOException {
    try {
      DirectoryStream<Path> stream = Files.newDirectoryStream(path);
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        return Optional.of(secure);
      }
      stream.close();
      return Optional.empty();
    } catch (AccessDeniedException e) {
      return Optional.empty();
    }
  }

  /** Empty when it may not be read: those above the data directory need not be. */
  private static Optional<SecureDirectoryStream<Path>> below(
      SecureDirectoryStream<Path> directory, Path name) throws IOException {
    try (directory) {
      return Optional.of(directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
    } catch (AccessDeniedException e) {
      return Optional.empty();
    }
  }

  /** Opens a file for reading. */
  SeekableByteChannel read(Path name) throws IOException {
    return channel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  /** Creates a file. */
  SeekableByteChannel create(Path name) throws IOException {
    return channel(
        name,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
  }

  private SeekableByteChannel channel(Path name, Set<? extends OpenOption> options)
      throws IOException {
    return opened == null
        ? Files.newByteChannel(path.resolve(name), options)
        : opened.newByteChannel(name, options);
  }

  /** Renames a file, in place of one that has the name. */
  void rename(Path from, Path to) throws IOException {
    if (opened == null) {
      Files.move(
          path.resolve(from),
          path.resolve(to),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } else {
      opened.move(from, opened, to);
    }
  }

  /** Deletes a file; whether it was there. */
  boolean delete(Path name) throws IOException {
    if (opened == null) {
      return Files.deleteIfExists(path.resolve(name));
    }
    try {
      opened.deleteFile(name);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
  }
}
