package io.burnish.client.run;

import io.burnish.client.console.Console;
import io.burnish.client.http.JobStatus.Counts;

/** Shows the progress of a run: a bar on a terminal, else a line from time to time. */
final class Progress {

  private static final int WIDTH = 24;

  private final Console console;
  private final int everyNth;
  private int calls;
  private String shown = "";

  /**
   * @param everyNth of the calls may write a line where there is no terminal
   */
  Progress(Console console, int everyNth) {
    this.console = console;
    this.everyNth = everyNth;
  }

  void show(Counts counts) {
    calls++;
    String line =
        "%s: %d succeeded (%d reused), %d failed"
            .formatted(done(counts), counts.succeeded(), counts.reused(), counts.failed());
    if (console.isTerminal()) {
      console.progress(bar(counts) + ' ' + line);
    } else if (!line.equals(shown) && calls % everyNth == 0) {
      console.progress(line);
      shown = line;
    }
  }

  static String done(Counts counts) {
    return "%d of %d records done".formatted(counts.done(), counts.total());
  }

  private static String bar(Counts counts) {
    int full = counts.total() == 0 ? WIDTH : (int) ((long) WIDTH * counts.done() / counts.total());
    return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "]";
  }
}
