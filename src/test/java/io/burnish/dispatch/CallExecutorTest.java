package io.burnish.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.attempt.CallAttempt;
import io.burnish.attempt.CallAttempt.Ticket;
import io.burnish.attempt.InternalErrors;
import io.burnish.attempt.Pack;
import io.burnish.attempt.Pack.Sized;
import io.burnish.completion.BatchWriters;
import io.burnish.completion.Completer;
import io.burnish.enhancement.Question;
import io.burnish.loops.LoopWatch;
import io.burnish.loops.Signal;
import io.burnish.profile.Profiles;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import io.burnish.record.SourceRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallExecutorTest {

  private static final int HANDS = 2;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final CountDownLatch databaseIsBack = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger handedOver = new AtomicInteger();
  private final BatchWriters writers = new BatchWriters(new Patient(), HANDS, new LoopWatch());
  private final CallExecutor hands =
      new CallExecutor(
          new CallExecutor.Parts(
              new Brief(), null, writers, new NoErrors(), new Signal(), new SimpleMeterRegistry()),
          new Packer(1),
          this::execute,
          HANDS);

  private static final CallBudget.Permits PERMITS = new CallBudget.Permits(100, () -> true);

  /** Postpones without a database. */
  private static final class NoErrors extends InternalErrors {
    NoErrors() {
      super(null, null);
    }

    @Override
    public List<Outcome> after(List<ClaimedItem> items, Throwable error) {
      return List.of();
    }
  }

  /** Answers at once, if it is not broken. */
  private final class Brief extends CallAttempt {
    Brief() {
      super(null, null, null, null);
    }

    @Override
    public List<Outcome> ask(Pack pack, Ticket ticket, Desk desk) {
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
  private final class Patient extends Completer {
    Patient() {
      super(null, null, null, null, null, null, null, null);
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

  private void execute(Runnable call) {
    executor.execute(
        () -> {
          call.run();
          handedOver.incrementAndGet();
        });
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
  void a_hand_goes_on_while_its_outcomes_wait_to_be_written_but_not_without_bound()
      throws Exception {
    for (int pack = 0; pack < 2 * HANDS; pack++) {
      assertThat(hands.free().tryAcquire(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      hands.send(pack(pack), new Ticket("m", 0), PERMITS);
    }
    Awaitility.await().atMost(LONG).until(() -> handedOver.get() == 2 * HANDS);

    assertThat(asked).hasValue(2 * HANDS);
    assertThat(hands.free().availablePermits()).isZero();
    assertThat(hands.drain(Duration.ZERO)).isFalse();

    databaseIsBack.countDown();
    assertThat(hands.drain(LONG)).isTrue();
    assertThat(hands.free().availablePermits()).isEqualTo(HANDS);
  }

  @Test
  void a_hand_that_was_broken_off_is_free_again() throws Exception {
    databaseIsBack.countDown();
    assertThat(hands.free().tryAcquire()).isTrue();

    hands.send(pack(0), new Ticket("broken", 0), PERMITS);

    assertThat(hands.drain(LONG)).isTrue();
    assertThat(asked).hasValue(1);
  }

  private static Pack pack(long item) {
    ClaimedItem claim =
        new ClaimedItem(
            item,
            UUID.randomUUID(),
            1,
            1,
            0,
            null,
            null,
            "{}",
            ClaimedItem.UNBOUNDED,
            0,
            List.of(),
            null,
            2);
    Question question = new Question(1, SourceRecord.of("{}"), List.of(), Set.of());
    return Pack.of(
        Profiles.named("discount").orElseThrow(),
        10,
        List.of(new Sized(claim, question, 10, new Pack.Company(1, false))));
  }
}
