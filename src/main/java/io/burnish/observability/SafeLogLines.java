package io.burnish.observability;

import io.burnish.record.Excerpt;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Log filter that makes every message one line of bounded length, for each logger and any input:
 * values, messages, and messages of exceptions. Drops no line. The stack of an exception keeps its
 * lines. {@code quarkus.log.console.filter} names the filter.
 */
@LoggingFilter(name = SafeLogLines.NAME)
public final class SafeLogLines implements Filter {

  /** The name in {@code quarkus.log.*.filter}. */
  public static final String NAME = "safe-lines";

  /** Length of a message that has no parameters, in characters. */
  private static final int MESSAGE = 1_000;

  /** Logs the list of extensions at start, in one long value that no client sent. */
  private static final String START = "io.quarkus";

  @Override
  public boolean isLoggable(LogRecord line) {
    Object @Nullable [] values = line.getParameters();
    if (values != null && values.length > 0) {
      int limit = START.equals(line.getLoggerName()) ? MESSAGE : Excerpt.VALUE;
      Object[] safe = new Object[values.length];
      for (int i = 0; i < values.length; i++) {
        safe[i] = safe(values[i], limit);
      }
      line.setParameters(safe);
    }
    makeMessageSafe(line);
    @Nullable Throwable thrown = line.getThrown();
    if (thrown != null && SafeThrowable.isNeededFor(thrown)) {
      line.setThrown(SafeThrowable.of(thrown));
    }
    return true;
  }

  private static void makeMessageSafe(LogRecord line) {
    @Nullable String message = line.getMessage();
    if (message == null) {
      return;
    }
    String safe = Excerpt.of(message, MESSAGE);
    if (!safe.equals(message)) {
      if (line instanceof ExtLogRecord ext) {
        ext.setMessage(safe, ext.getFormatStyle());
      } else {
        line.setMessage(safe);
      }
    }
  }

  /** Numbers and booleans keep their type, because formats may need it. */
  private static @Nullable Object safe(@Nullable Object value, int limit) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    String text = String.valueOf(value);
    String safe = Excerpt.of(text, limit);
    return safe.equals(text) ? value : safe;
  }
}
