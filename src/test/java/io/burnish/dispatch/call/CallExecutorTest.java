package io.burnish.dispatch.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.attempt.CallAttempt;
import io.burnish.attempt.CallAttempt.Reservation;
import io.burnish.attempt.InternalErrors;
import io.burnish.attempt.Pack;
import io.burnish.attempt.Pack.SizedRecord;
import io.burnish.completion.BatchWriters;
import io.burnish.completion.Completer;
import io.burnish.dispatch.plan.AdmittedCalls;
import io.burnish.dispatch.plan.CallPlanner;
import io.burnish.dispatch.plan.DispatchConfig;
import io.burnish.enhancement.Question;
import io.burnish.loops.LoopWatch;
import io.burnish.loops.Signal;
import io.burnish.metrics.CallMeters;
import io.burnish.prices.Prices;
import io.burnish.profile.Profiles;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Parked;
import io.burnish.queue.item.WaitReason;
import io.burnish.record.SourceRecord;
import io.burnish.traces.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallExecutorTest {

  private static final int SLOTS = 2;
  private static final Duration LONG = Duration.ofSeconds(30);

  private static final DispatchConfig CONFIG =
      (DispatchConfig)
          Proxy.newProxyInstance(
              DispatchConfig.class.getClassLoader(),
              new Class<?>[] {DispatchConfig.class},
              (proxy, method, arguments) -> method.getName().equals("pack") ? 1 : SLOTS);

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final CountDownLatch databaseIsBack = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger handedOver = new AtomicInteger();
  private final BatchWriters writers =
      new BatchWriters(new BlockedCompleter(), null, SLOTS, new LoopWatch());
  private final CallSlots slots = new CallSlots(SLOTS);
  private final CallExecutor calls =
      new CallExecutor(
          new CallRunner(
              new BriefAttempt(), new CallPlanner(CONFIG, null), writers, new NoErrors(), null),
          writers,
          new RunningCalls(
              new InFlightItems(null, new Claimant(UUID.randomUUID(), "simulated")),
              slots,
              new Signal()),
          new CountedThreads(),
          new PackObserver(
              new CallMeters(new SimpleMeterRegistry(), new Prices("")), Traces.OFF, null));

  private static final AdmittedCalls.Slots ACQUIRED = new AdmittedCalls.Slots(100, () -> true);

  /** Counts the calls that ended. */
  private final class CountedThreads extends CallThreads {
    CountedThreads() {
      super(CONFIG);
    }

    @Override
    public void execute(Runnable call) {
      executor.execute(
          () -> {
            call.run();
            handedOver.incrementAndGet();
          });
    }
  }

  /** Postpones without a database. */
  private static final class NoErrors extends InternalErrors {
    NoErrors() {
      super(null, null);
    }

    @Override
    public List<Outcome> postponeOrFail(List<ClaimedItem> items, Throwable error) {
      return List.of();
    }
  }

  /** Answers at once, if it is not broken. */
  private final class BriefAttempt extends CallAttempt {
    BriefAttempt() {
      super(null, null, null, null);
    }

    @Override
    public List<Outcome> run(Pack pack, Reservation ticket, Listener desk) {
      asked.incrementAndGet();
      if (ticket.model().equals("broken")) {
        throw new StackOverflowError("on purpose");
      }
      return pack.items().stream()
          .map(item -> Outcome.withoutCall(item, new Parked(WaitReason.REASK, Duration.ZERO)))
          .toList();
    }
  }

  /** Writes nothing until the database is back. */
  private final class BlockedCompleter extends Completer {
    BlockedCompleter() {
      super(null, null, null, null, null);
    }

    @Override
    public void complete(List<Outcome> outcomes, Runnable alive) {
      try {
        databaseIsBack.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @BeforeEach
  void writers_write() {
    writers.loops().forEach(executor::execute);
  }

  @AfterEach
  void nothing_is_left_running() {
    databaseIsBack.countDown();
    writers.close();
    executor.shutdownNow();
  }

  @Test
  void a_slot_is_free_while_its_outcomes_wait_to_be_written_but_not_without_bound()
      throws Exception {
    for (int pack = 0; pack < 2 * SLOTS; pack++) {
      acquireOne();
      calls.start(pack(pack), new Reservation("m", 0), ACQUIRED);
    }
    Awaitility.await().atMost(LONG).until(() -> handedOver.get() == 2 * SLOTS);

    assertThat(asked).hasValue(2 * SLOTS);
    assertThat(slots.free()).isZero();
    assertThat(slots.drain(Duration.ZERO)).isFalse();

    databaseIsBack.countDown();
    assertThat(slots.drain(LONG)).isTrue();
    assertThat(slots.free()).isEqualTo(SLOTS);
  }

  @Test
  void the_slot_of_a_call_that_was_aborted_is_free_again() throws Exception {
    databaseIsBack.countDown();
    acquireOne();

    calls.start(pack(0), new Reservation("broken", 0), ACQUIRED);

    assertThat(slots.drain(LONG)).isTrue();
    assertThat(asked).hasValue(1);
  }

  private void acquireOne() throws InterruptedException {
    int acquired = slots.acquire(LONG, false);
    assertThat(acquired).isPositive();
    slots.release(acquired - 1);
  }

  private static Pack pack(long item) {
    ClaimedItem claim = ClaimedItem.first(item, UUID.randomUUID(), 1, null, null, "{}");
    Question question = new Question(1, SourceRecord.of("{}"), List.of(), Set.of());
    return Pack.of(
        Profiles.named("discount").orElseThrow(),
        10,
        List.of(new SizedRecord(claim, question, 10, new Pack.PackKey(1, false))));
  }
}
