package io.burnish.observability;

import io.burnish.record.Excerpt;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An exception as the log shows it: the same stack and causes, each with a one-line message. */
final class SafeThrowable extends Throwable {

  private static final long serialVersionUID = 1L;

  private static final int MESSAGE = 500;

  private final String shown;

  private SafeThrowable(Throwable original, Set<Throwable> seen) {
    super(null, cause(original.getCause(), seen), true, true);
    this.shown = Excerpt.of(original.toString(), MESSAGE);
    setStackTrace(original.getStackTrace());
    for (Throwable suppressed : original.getSuppressed()) {
      if (seen.add(suppressed)) {
        addSuppressed(new SafeThrowable(suppressed, seen));
      }
    }
  }

  private static @Nullable Throwable cause(@Nullable Throwable cause, Set<Throwable> seen) {
    return cause != null && seen.add(cause) ? new SafeThrowable(cause, seen) : null;
  }

  static SafeThrowable of(Throwable original) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.add(original);
    return new SafeThrowable(original, seen);
  }

  /** Whether a message of the exception, its causes or suppressed exceptions must be changed. */
  static boolean isNeededFor(Throwable thrown) {
    return isNeededFor(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean isNeededFor(Throwable thrown, Set<Throwable> seen) {
    if (!seen.add(thrown)) {
      return false;
    }
    String text = thrown.toString();
    if (!Excerpt.of(text, MESSAGE).equals(text)) {
      return true;
    }
    @Nullable Throwable cause = thrown.getCause();
    if (cause != null && isNeededFor(cause, seen)) {
      return true;
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      if (isNeededFor(suppressed, seen)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String getMessage() {
    return shown;
  }

  /** Class and message, as of the original. */
  @Override
  public String toString() {
    return shown;
  }
}
