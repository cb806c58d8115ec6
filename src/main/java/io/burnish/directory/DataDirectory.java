package io.burnish.directory;

import io.burnish.record.Excerpt;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Directories below the root ({@code DISCOUNT_DATA_DIR}) as this replica sees them. A path is
 * resolved with its links before it is used, and refused when it is not below the root.
 * Thread-safe.
 */
@Singleton
public class DataDirectory {

  private static final String UNSET =
      "this service has no data directory: set DISCOUNT_DATA_DIR, or post \"records\" or \"files\"";

  private static final String ROOT_MISSING =
      "the directory of DISCOUNT_DATA_DIR can't be read by this replica: check that it is there and mounted";

  private final Optional<Path> root;

  DataDirectory(DirectoryConfig config) {
    this.root = config.root();
  }

  /**
   * The input files of a directory.
   *
   * @param path of the directory below the root, as {@code JobDirectory.path} has it
   * @param files in the order of their names; at least one
   */
  public record Input(String path, List<InputFile> files) {}

  /**
   * A file of records.
   *
   * @param name below the directory, with {@code /}
   * @param file its real path, of a regular file below the root
   * @param size in bytes, when it was found
   */
  public record InputFile(String name, Path file, long size) {

    /**
     * Opens the file where it was found.
     *
     * @throws IOException when it can't be read, or a part of its path is a link by now
     */
    public InputStream open() throws IOException {
      try (CheckedDirectory directory = CheckedDirectory.open(file.getParent())) {
        return Channels.newInputStream(directory.read(file.getFileName()));
      }
    }
  }

  /** Whether this replica has a root. */
  boolean isSet() {
    return root.isPresent();
  }

  /**
   * The input files below a directory.
   *
   * @param posted path below the root; empty or {@code .}: the root
   * @param within paths below the root: the directory must be one of these or below, with all links
   *     resolved, and so must be its files; null: anywhere below the root
   * @param most files at most
   * @throws RefusedDirectoryException when it can't be used, is not below the root or one of {@code
   *     within}, or has no input files or too many
   */
  public Input input(String posted, @Nullable List<String> within, int most) {
    Path real = realRoot();
    Path directory = realPath(real, posted);
    Path bounds = within == null ? real : bounds(real, directory, within);
    List<InputFile> files = new DirectoryWalk(bounds, directory, most).files();
    if (files.isEmpty()) {
      throw new RefusedDirectoryException(
          "%s has no input file: put *.json, *.ndjson or *.jsonl into it or below it. Files named enhanced_*, failed_* and hidden ones are not input"
              .formatted(quoted(posted)));
    }
    return new Input(name(real, directory), files);
  }

  /** The one of these paths that the directory is below; links may lead elsewhere than the text. */
  private static Path bounds(Path root, Path directory, List<String> within) {
    for (String path : within) {
      try {
        Path allowed = realPath(root, path);
        if (directory.startsWith(allowed)) {
          return allowed;
        }
      } catch (RefusedDirectoryException e) {
        // It may not be there yet, and another one may allow the directory.
      }
    }
    throw new RefusedDirectoryException(
        "with its links resolved, it is not below a directory that this key may use");
  }

  /**
   * The directory on this replica.
   *
   * @param path below the root
   * @throws RefusedDirectoryException when it can't be used, or is not below the root
   */
  Path directory(String path) {
    return realPath(realRoot(), path);
  }

  /** Whether this replica has the directory and, as far as it can tell, may write to it. */
  boolean isWritable(String path) {
    try {
      return Files.isWritable(directory(path));
    } catch (RefusedDirectoryException e) {
      return false;
    }
  }

  /**
   * The directory of a file, with its links resolved.
   *
   * @param directory real, below the root
   * @param name of the file below it, with {@code /}
   * @throws RefusedDirectoryException when it is not there, or is not below the root
   */
  Path parent(Path directory, String name) {
    Path real = realRoot();
    try {
      Path parent = directory.resolve(name).getParent().toRealPath();
      if (Files.isDirectory(parent) && parent.startsWith(real)) {
        return parent;
      }
      throw new RefusedDirectoryException("its directory is not below DISCOUNT_DATA_DIR any more");
    } catch (IOException e) {
      throw new RefusedDirectoryException(
          "its directory can't be used: %s".formatted(FileErrors.reason(e)));
    }
  }

  private Path realRoot() {
    try {
      Path real =
          root.orElseThrow(() -> new RefusedDirectoryException(UNSET))
              .toAbsolutePath()
              .toRealPath();
      if (Files.isDirectory(real)) {
        return real;
      }
    } catch (IOException e) {
      // Refused below: the reason would name a path of the server.
    }
    throw new RefusedDirectoryException(ROOT_MISSING);
  }

  private static Path realPath(Path root, String posted) {
    Path relative = relative(root, posted);
    try {
      Path real = root.resolve(relative).toRealPath();
      if (!real.startsWith(root)) {
        throw outside(posted);
      }
      if (!Files.isDirectory(real)) {
        throw new RefusedDirectoryException(
            "%s is not a directory: name the directory that the file is in"
                .formatted(quoted(posted)));
      }
      return real;
    } catch (IOException e) {
      throw new RefusedDirectoryException(
          "%s can't be read: %s. Name a directory below DISCOUNT_DATA_DIR that this service can read"
              .formatted(quoted(posted), FileErrors.reason(e)));
    }
  }

  /**
   * Checked before the file system is asked, so that no answer tells what is outside of the root.
   */
  private static Path relative(Path root, String posted) {
    try {
      Path relative = root.getFileSystem().getPath(posted).normalize();
      if (relative.isAbsolute() || relative.startsWith("..")) {
        throw outside(posted);
      }
      return relative;
    } catch (InvalidPathException e) {
      throw new RefusedDirectoryException(
          "%s is not a valid path: it has a character that paths can't have"
              .formatted(quoted(posted)));
    }
  }

  private static RefusedDirectoryException outside(String posted) {
    return new RefusedDirectoryException(
        "%s is not below DISCOUNT_DATA_DIR: give a relative path without .. or links that leave it"
            .formatted(quoted(posted)));
  }

  private static String quoted(String posted) {
    return "\"" + Excerpt.of(posted) + "\"";
  }

  /** A path below another one, with {@code /}; {@code .} for the same. */
  static String name(Path above, Path path) {
    String name = above.relativize(path).toString();
    return name.isEmpty() ? "." : name.replace(path.getFileSystem().getSeparator(), "/");
  }
}
