package io.burnish.api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import org.jboss.logging.Logger;

/** One line for each request that was refused, fit for a text log whatever the client sent. */
final class RefusalLog {

  private static final Logger LOG = Logger.getLogger(RefusalLog.class);

  /** In characters. */
  private static final int LONGEST = 200;

  private RefusalLog() {}

  static void refused(HttpProblem problem) {
    LOG.debugf("A request was refused with %d: %s", problem.getStatusCode(), line(problem.getDetail()));
  }

  /** The text in one line of 200 characters at most, its control characters escaped. */
  static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (isHarmless(c)) {
                line.appendCodePoint(c);
              } else {
                line.append("\\u%04x".formatted(c));
              }
            });
    return text.codePointCount(0, text.length()) > LONGEST ? line + "…" : line.toString();
  }

  /** Format characters can turn the direction of a line around; separators end it. */
  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
