package io.burnish.client.console;

import io.burnish.record.Excerpt;
import java.io.PrintStream;

/**
 * The output of the client: messages to standard output, errors to standard error. Escape sequences
 * in file names and responses are removed. Thread-safe.
 */
public final class Console {

  /** Maximum characters of a line; paths and sentences fit. */
  private static final int LINE = 6_000;

  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream out;
  private final PrintStream err;
  private final PrintStream jsonOut;
  private final boolean terminal;
  private boolean progressShown;
  private boolean silent;

  /**
   * @param terminal whether {@code out} is one, and progress may replace its own line
   */
  public Console(PrintStream out, PrintStream err, boolean terminal) {
    this(out, err, terminal, out);
  }

  private Console(PrintStream out, PrintStream err, boolean terminal, PrintStream jsonOut) {
    this.jsonOut = jsonOut;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** A console whose messages go to standard error, where standard output is for JSON. */
  public Console forJson(boolean json) {
    return json ? new Console(err, err, false, out) : this;
  }

  /** JSON of the service, as it is, on standard output. */
  public synchronized void json(String text) {
    if (!silent) {
      jsonOut.println(text.strip());
      jsonOut.flush();
    }
  }

  /** Whether the output is JSON. */
  public boolean isJson() {
    return jsonOut != out;
  }

  /** Whether a person sees the output, so that a line may be written over. */
  public boolean isTerminal() {
    return terminal;
  }

  /** A line of standard output. */
  public synchronized void say(String line) {
    clear();
    print(out, line);
  }

  /** A line of standard error. */
  public synchronized void error(String line) {
    clear();
    print(err, line);
  }

  /** Several lines of standard output, such as a summary. */
  public void sayAll(String lines) {
    lines.lines().forEach(this::say);
  }

  /** Replaces the progress line on a terminal; prints a line elsewhere. */
  public synchronized void progress(String line) {
    if (!terminal) {
      print(out, line);
    } else if (!silent) {
      out.print(CLEAR + Excerpt.of(line, LINE));
      out.flush();
      progressShown = true;
    }
  }

  /** Suppresses all further output. */
  public synchronized void silence() {
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
