package io.burnish.api;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The directories below the data directory that a key may name. */
final class KeyDirectories {

  private KeyDirectories() {}

  /** Whether a path of a key is relative, without {@code ..}, and not the whole data directory. */
  static boolean isValid(String path) {
    try {
      Path normal = Path.of(path).normalize();
      return !normal.isAbsolute() && !normal.startsWith("..") && !normal.toString().isEmpty();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Whether a posted path is a directory of a key, or below it; links are not resolved. */
  static boolean has(String allowed, String posted) {
    try {
      return Path.of(posted).normalize().startsWith(Path.of(allowed).normalize());
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
