package io.burnish.client;

import io.burnish.record.Excerpt;
import java.io.PrintStream;

/**
 * Where the client writes: messages to standard output, reasons of a failure to standard error.
 * Text of others (file names, answers) can't steer the terminal. Thread-safe.
 */
final class Console {

  /** Characters of a line at most: paths and sentences are shown whole. */
  private static final int LINE = 6_000;

  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private boolean progressShown;
  private boolean silent;

  /**
   * @param terminal whether {@code out} is one, and progress may replace its own line
   */
  Console(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  boolean isTerminal() {
    return terminal;
  }

  /** A line of standard output. */
  synchronized void say(String line) {
    clear();
    print(out, line);
  }

  /** A line of standard error. */
  synchronized void complain(String line) {
    clear();
    print(err, line);
  }

  /** Several lines of standard output, such as a summary. */
  void sayAll(String lines) {
    lines.lines().forEach(this::say);
  }

  /** On a terminal: the progress, in place of what was shown of it before. Else a line. */
  synchronized void progress(String line) {
    if (!terminal) {
      print(out, line);
    } else if (!silent) {
      out.print(CLEAR + Excerpt.of(line, LINE));
      out.flush();
      progressShown = true;
    }
  }

  /** The last line; nothing more is written. */
  synchronized void silence() {
    clear();
    silent = true;
  }

  private void print(PrintStream to, String line) {
    if (!silent) {
      to.println(Excerpt.of(line, LINE));
      to.flush();
    }
  }

  private void clear() {
    if (progressShown) {
      out.print(CLEAR);
      out.flush();
      progressShown = false;
    }
  }
}
