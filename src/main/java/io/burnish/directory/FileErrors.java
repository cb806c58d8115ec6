package io.burnish.directory;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** What an error of the file system says, without the paths of the server. */
public final class FileErrors {

  private static final String UNKNOWN = "an input/output error";

  private FileErrors() {}

  /** The reason, as part of a sentence. */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NotDirectoryException) {
      return "it is not a directory";
    }
    if (e instanceof FileSystemLoopException) {
      return "a symbolic link leads back to a directory above it";
    }
    return e instanceof FileSystemException known
        ? withoutPath(known.getReason())
        : withoutPath(e.getMessage());
  }

  private static String withoutPath(@Nullable String reason) {
    return reason == null || reason.contains("/") || reason.contains("\\") ? UNKNOWN : reason;
  }
}
