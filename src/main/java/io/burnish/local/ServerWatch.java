package io.burnish.local;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Starts the embedded server again when it ends by itself, and gives up when that does not help or
 * its disk stays full. Used by one thread.
 */
final class ServerWatch {

  /** Ends in a row, each soon after a start, after which it is given up. */
  private static final int MOST_ENDS = 3;

  /** A server that lived longer than this had a good start. */
  private static final Duration GOOD_START = Duration.ofMinutes(1);

  /** PostgreSQL can't extend any file with less than this. */
  private static final long FULL_BYTES = 1 << 20;

  private static final Duration FULL_AT_MOST = Duration.ofMinutes(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Server server;
  private final Consumer<String> messages;
  private final Consumer<String> lost;
  private final LongSupplier nanos;
  private long started;
  private int ends;
  private long fullSince;
  private boolean full;
  private boolean over;

  ServerWatch(Server server, Consumer<String> messages, Consumer<String> lost, LongSupplier nanos) {
    this.server = server;
    this.messages = messages;
    this.lost = lost;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
  }

  /** What is watched. */
  interface Server {

    /** Whether its process is there. */
    boolean isAlive();

    /**
     * Starts it again on its data, at its port.
     *
     * @throws IOException when it does not start; the message says why
     */
    void startAgain() throws IOException, InterruptedException;

    /** What is left on its disk. */
    long usableBytes() throws IOException;

    /** The last reason that it gave for ending; empty when it said none, as when it was killed. */
    Optional<String> lastWords();

    /** Where its data are. */
    String place();
  }

  /** Looks each second until it is stopped, or the server is given up. */
  void run(CountDownLatch stopped) {
    try {
      while (!over && !stopped.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
        look(stopped);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look. */
  void look(CountDownLatch stopped) throws InterruptedException {
    try {
      lookAtDisk();
      if (!over && !server.isAlive() && stopped.getCount() > 0) {
        restart();
      }
    } catch (IOException e) {
      messages.accept(
          "The embedded PostgreSQL in %s could not be looked at: %s"
              .formatted(server.place(), e.getMessage()));
    }
  }

  private void restart() throws InterruptedException {
    ends = elapsed(started).compareTo(GOOD_START) > 0 ? 1 : ends + 1;
    if (ends > MOST_ENDS) {
      giveUp(
          "it ended %d times in a row (%s)"
              .formatted(ends, server.lastWords().orElse("it said no reason")));
      return;
    }
    messages.accept(
        "The embedded PostgreSQL in %s ended by itself (%s); it is started again (try %d of %d)"
            .formatted(
                server.place(), server.lastWords().orElse("it said no reason"), ends, MOST_ENDS));
    try {
      server.startAgain();
      messages.accept("The embedded PostgreSQL in %s runs again".formatted(server.place()));
    } catch (IOException e) {
      messages.accept(
          "The embedded PostgreSQL in %s does not start: %s"
              .formatted(server.place(), e.getMessage()));
      if (ends == MOST_ENDS) {
        giveUp(String.valueOf(e.getMessage()));
      }
    } finally {
      started = nanos.getAsLong();
    }
  }

  private void lookAtDisk() throws IOException {
    boolean now = server.usableBytes() < FULL_BYTES;
    if (now && !full) {
      fullSince = nanos.getAsLong();
      messages.accept(
          "The disk of the embedded PostgreSQL in %s is full. The service ends in %d s unless there is room"
              .formatted(server.place(), FULL_AT_MOST.toSeconds()));
    }
    if (!now && full) {
      messages.accept(
          "The disk of the embedded PostgreSQL in %s has room again".formatted(server.place()));
    }
    full = now;
    if (full && elapsed(fullSince).compareTo(FULL_AT_MOST) >= 0) {
      giveUp("its disk is full");
    }
  }

  private Duration elapsed(long since) {
    return Duration.ofNanos(nanos.getAsLong() - since);
  }

  private void giveUp(String reason) {
    over = true;
    lost.accept("The embedded PostgreSQL in %s is given up: %s".formatted(server.place(), reason));
  }
}
