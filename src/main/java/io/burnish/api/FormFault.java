package io.burnish.api;

import io.burnish.intake.InsufficientStorageException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the form reader says, translated: it throws whatever comes, of its own types and of Java's,
 * for what a client did and for a full disk.
 */
final class FormFault {

  private FormFault() {}

  /**
   * What happened.
   *
   * @return {@link WrongMultipartException} or {@link InsufficientStorageException}; empty when the
   *     exception does not come of reading a form
   */
  static Optional<RuntimeException> of(Throwable e, ContainerRequestContext request) {
    if (Posted.in(request).filter(Posted::isBeingReadAsForm).isEmpty()) {
      return Optional.empty();
    }
    if (e.getCause() instanceof UnsupportedEncodingException) {
      return Optional.of(
          new WrongMultipartException(
              "a part has an unknown charset; all text must be UTF-8 here", e));
    }
    IOException disk = disk(e);
    if (disk != null) {
      return Optional.of(new InsufficientStorageException(disk));
    }
    return Optional.of(
        new WrongMultipartException(
            e instanceof IOException
                ? "it ends before its last part does: was it cut off?"
                : "it is not made of parts as RFC 7578 has them",
            e));
  }

  /** The failure of the disk that this is, or null. */
  private static @Nullable IOException disk(Throwable e) {
    if (e.getCause() instanceof IOException cause) {
      return cause;
    }
    boolean full =
        e instanceof IOException && String.valueOf(e.getMessage()).contains("space left");
    return full || e instanceof FileSystemException ? (IOException) e : null;
  }
}
