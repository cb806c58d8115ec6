package io.burnish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.RecordJson;
import java.io.PrintStream;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Log lines of the time before and after the application's own logging, in the same format.
 *
 * @param out receives the lines
 * @param json whether each line is a JSON object
 */
record StartLog(PrintStream out, boolean json) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS", Locale.ROOT);

  void warn(String message) {
    line("WARN", message);
  }

  void error(String message) {
    line("ERROR", message);
  }

  private void line(String level, String message) {
    OffsetDateTime now = OffsetDateTime.now();
    if (!json) {
      out.printf("%s %-5s [io.burnish] %s%n", TIME.format(now), level, message);
      return;
    }
    ObjectNode line = RecordJson.object();
    line.put("timestamp", now.toString());
    line.put("level", level);
    line.put("loggerName", "io.burnish");
    line.put("message", message);
    out.println(RecordJson.write(line));
  }
}
