package io.burnish.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What the service does beside calls: commits, bodies, callbacks, access. Thread-safe. */
@Singleton
public class ServiceMeters {

  private static final Duration[] COMMITS =
      LongStream.of(2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private static final double[] BATCHES = DoubleStream.of(1, 4, 16, 64, 256, 512).toArray();

  private final Family<Timer> commits;
  private final Family<DistributionSummary> batches;
  private final Counter received;
  private final Counter sent;
  private final Family<Counter> callbacks;
  private final Family<Counter> refused;
  private final Family<Counter> audits;

  public ServiceMeters(MeterRegistry registry) {
    Meters meters = new Meters(registry);
    this.commits =
        meters.timers(
            "burnish.commit.duration",
            "Transactions that write outcomes, or calls to the ledger",
            COMMITS,
            "writer");
    this.batches =
        meters.sizes(
            "burnish.commit.entries",
            "entries",
            "Entries of such a transaction",
            BATCHES,
            "writer");
    this.received =
        meters.counter("burnish.intake", "bytes", "Bytes of request bodies, as received");
    this.sent = meters.counter("burnish.export", "bytes", "Bytes of downloads, as sent");
    this.callbacks =
        meters.counters("burnish.callbacks", "callbacks", "Tries to deliver a callback", "outcome");
    this.refused =
        meters.counters(
            "burnish.access.refused",
            null,
            "Requests refused with 401, 403, or 429 by a limit of a key",
            "status");
    this.audits =
        meters.counters(
            "burnish.audit", "entries", "Rows of the audit that were to be written", "outcome");
    // Alerts see the first increase only of a counter that is there before it.
    Stream.of("delivered", "failed", "given_up").forEach(callbacks::with);
    Stream.of("written", "failed").forEach(audits::with);
  }

  /**
   * A batch was committed.
   *
   * @param writer {@code outcomes} or {@code ledger}
   */
  public void committed(String writer, int entries, Duration duration) {
    commits.with(writer).record(duration);
    batches.with(writer).record(entries);
  }

  /** A request body was received. */
  public void received(long bytes) {
    received.increment(bytes);
  }

  /** A part of a download was sent. */
  public void sent(long bytes) {
    sent.increment(bytes);
  }

  /**
   * A callback was tried.
   *
   * @param outcome {@code delivered}, {@code failed} or {@code given_up}
   */
  public void callback(String outcome) {
    callbacks.with(outcome).increment();
  }

  /** A request was refused with this status. */
  public void refused(int status) {
    refused.with(String.valueOf(status)).increment();
  }

  /** A row of the audit was written, or could not be. */
  public void audited(boolean written) {
    audits.with(written ? "written" : "failed").increment();
  }
}
