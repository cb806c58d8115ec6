package io.burnish.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/** What becomes of items, counted when it is committed. Thread-safe. */
@Singleton
public class ItemMeters {

  private final Counter succeeded;
  private final Counter failed;
  private final Counter cancelled;
  private final Counter reused;
  private final Counter stale;
  private final Counter rescued;
  private final Family<Counter> failures;
  private final Family<Counter> parked;
  private final Family<Counter> attempts;
  private final Family<Counter> violations;
  private final Family<Counter> reasks;

  public ItemMeters(MeterRegistry registry) {
    Meters meters = new Meters(registry);
    Family<Counter> ended =
        meters.counters("burnish.items", "items", "Items that entered a final state", "state");
    this.succeeded = ended.with("succeeded");
    this.failed = ended.with("failed");
    this.cancelled = ended.with("cancelled");
    this.reused =
        meters.counter(
            "burnish.reused.items", "items", "Items that succeeded with a prior result, no call");
    this.stale =
        meters.counter(
            "burnish.stale.outcomes", "outcomes", "Outcomes dropped because the claim was lost");
    this.rescued =
        meters.counter(
            "burnish.rescued.items", "items", "Items taken from workers whose lease expired");
    this.failures =
        meters.counters(
            "burnish.failed.items", "items", "Items that failed after a claim, by code", "code");
    this.parked =
        meters.counters(
            "burnish.parked.items", "items", "Times that an item was made to wait", "reason");
    this.attempts =
        meters.counters(
            "burnish.attempts", "attempts", "Judged answers for a record", "model", "outcome");
    this.violations =
        meters.counters(
            "burnish.violations", "violations", "Rules that answers broke", "model", "code");
    this.reasks =
        meters.counters(
            "burnish.reasks",
            "reasks",
            "Rejected answers after which a model is asked again",
            "model");
  }

  /** An item succeeded. */
  public void succeeded(boolean withoutCall) {
    succeeded.increment();
    if (withoutCall) {
      reused.increment();
    }
  }

  /** An item failed with this code. */
  public void failed(String code) {
    failed.increment();
    failures.with(code).increment();
  }

  /** Items that were decided when their job was stored. */
  public void decidedAtIntake(int succeededItems, int failedItems) {
    succeeded.increment(succeededItems);
    failed.increment(failedItems);
  }

  /** Open items were cancelled with their job. */
  public void cancelled(int items) {
    cancelled.increment(items);
  }

  /** An item waits for this reason. */
  public void parked(String reason) {
    parked.with(reason).increment();
  }

  /** An outcome was dropped: another worker has the item. */
  public void stale() {
    stale.increment();
  }

  /** Items of other workers were made ready again. */
  public void rescued(int items) {
    rescued.increment(items);
  }

  /** An answer was accepted. */
  public void accepted(String model) {
    attempts.with(model, "accepted").increment();
  }

  /**
   * An answer was rejected.
   *
   * @param codes of the rules that it broke
   * @param reasked whether the record is asked about again
   */
  public void rejected(String model, List<String> codes, boolean reasked) {
    attempts.with(model, "rejected").increment();
    codes.forEach(code -> violations.with(model, code).increment());
    if (reasked) {
      reasks.with(model).increment();
    }
  }
}
