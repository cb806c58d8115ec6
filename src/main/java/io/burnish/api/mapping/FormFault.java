package io.burnish.api.mapping;

import io.burnish.api.body.PostedBody;
import io.burnish.api.problem.WrongMultipartException;
import io.burnish.intake.body.InsufficientStorageException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Translates exceptions of the form reader: it throws types of its own and of Java, for malformed
 * input and for a full disk alike.
 */
final class FormFault {

  private FormFault() {}

  /**
   * The cause.
   *
   * @return {@link WrongMultipartException} or {@link InsufficientStorageException}; empty when the
   *     exception does not come from reading a form
   */
  static Optional<RuntimeException> of(Throwable e, ContainerRequestContext request) {
    if (PostedBody.in(request).filter(PostedBody::isBeingReadAsForm).isEmpty()) {
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
                ? "it ends before its last part ends: was it cut off?"
                : "its parts are not as RFC 7578 defines them",
            e));
  }

  /** The failure of the disk behind the exception; null when there is none. */
  private static @Nullable IOException disk(Throwable e) {
    if (e.getCause() instanceof IOException cause) {
      return cause;
    }
    boolean full =
        e instanceof IOException && String.valueOf(e.getMessage()).contains("space left");
    return full || e instanceof FileSystemException ? (IOException) e : null;
  }
}
