package io.burnish.local;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Restarts the embedded server when it ends unexpectedly. Gives up if restarts fail or its disk
 * stays full. Used by one thread.
 */
final class ServerWatch {

  /** Consecutive ends, each soon after a start, before the watch gives up. */
  private static final int MAX_ENDS = 3;

  /** A server that ran longer than this was started successfully. */
  private static final Duration STABLE_AFTER = Duration.ofMinutes(1);

  /** With less free space than this, PostgreSQL can't extend any file. */
  private static final long MIN_FREE_BYTES = 1 << 20;

  private static final Duration DISK_FULL_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  private final Server server;
  private final Consumer<String> messages;
  private final Consumer<String> lost;
  private final LongSupplier nanos;
  private long started;
  private int ends;
  private long fullSince;
  private boolean full;
  private boolean gaveUp;

  ServerWatch(Server server, Consumer<String> messages, Consumer<String> lost, LongSupplier nanos) {
    this.server = server;
    this.messages = messages;
    this.lost = lost;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
  }

  /** The watched server. */
  interface Server {

    /** Whether its process runs. */
    boolean isAlive();

    /**
     * Restarts it on its data, at its port.
     *
     * @throws IOException if it does not start; the message says why
     */
    void restart() throws IOException, InterruptedException;

    /** Free space on its disk. */
    long usableBytes() throws IOException;

    /** The last fatal error in its log; empty if there is none, as after SIGKILL. */
    Optional<String> lastError();

    /** The directory of its data. */
    String directory();
  }

  /** Checks every second until it is stopped or gives up. */
  void run(CountDownLatch stopped) {
    try {
      while (!gaveUp && !stopped.await(CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        check(stopped);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One check. */
  void check(CountDownLatch stopped) throws InterruptedException {
    try {
      checkDisk();
      if (!gaveUp && !server.isAlive() && stopped.getCount() > 0) {
        recover();
      }
    } catch (IOException e) {
      messages.accept(
          "Cannot check the embedded PostgreSQL in %s: %s"
              .formatted(server.directory(), e.getMessage()));
    }
  }

  private void recover() throws InterruptedException {
    ends = elapsed(started).compareTo(STABLE_AFTER) > 0 ? 1 : ends + 1;
    if (ends > MAX_ENDS) {
      giveUp(
          "it ended %d times in a row (%s)"
              .formatted(ends, server.lastError().orElse("no reason in its log")));
      return;
    }
    messages.accept(
        "The embedded PostgreSQL in %s ended unexpectedly (%s); restarting it (attempt %d of %d)"
            .formatted(
                server.directory(),
                server.lastError().orElse("no reason in its log"),
                ends,
                MAX_ENDS));
    try {
      server.restart();
      messages.accept("The embedded PostgreSQL in %s was restarted".formatted(server.directory()));
    } catch (IOException e) {
      messages.accept(
          "Cannot restart the embedded PostgreSQL in %s: %s"
              .formatted(server.directory(), e.getMessage()));
      if (ends == MAX_ENDS) {
        giveUp(String.valueOf(e.getMessage()));
      }
    } finally {
      started = nanos.getAsLong();
    }
  }

  private void checkDisk() throws IOException {
    boolean isFull = server.usableBytes() < MIN_FREE_BYTES;
    if (isFull && !full) {
      fullSince = nanos.getAsLong();
      messages.accept(
          "The disk of the embedded PostgreSQL in %s is full; the service stops in %d s unless space is freed"
              .formatted(server.directory(), DISK_FULL_TIMEOUT.toSeconds()));
    }
    if (!isFull && full) {
      messages.accept(
          "The disk of the embedded PostgreSQL in %s has free space again"
              .formatted(server.directory()));
    }
    full = isFull;
    if (full && elapsed(fullSince).compareTo(DISK_FULL_TIMEOUT) >= 0) {
      giveUp("its disk is full");
    }
  }

  private Duration elapsed(long since) {
    return Duration.ofNanos(nanos.getAsLong() - since);
  }

  private void giveUp(String reason) {
    gaveUp = true;
    lost.accept(
        "The embedded PostgreSQL in %s cannot be recovered: %s"
            .formatted(server.directory(), reason));
  }
}
