package io.burnish.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.loops.LoopWatch.LoopState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PeriodicTest {

  @Test
  void an_error_or_an_exception_ends_a_turn_and_not_the_loop() {
    AtomicInteger turns = new AtomicInteger();
    Periodic loop =
        new Periodic(
            "failing",
            Duration.ofMillis(50),
            () -> {
              if (turns.incrementAndGet() % 2 == 0) {
                throw new StackOverflowError("of the test");
              }
              throw new IllegalStateException("of the test");
            },
            new LoopWatch());

    loop.start();

    await().until(() -> turns.get() > 4);
    loop.stop();
  }

  @Test
  void a_stopped_loop_is_no_longer_watched() {
    LoopWatch watch = new LoopWatch();
    Periodic loop = new Periodic("stopped", Duration.ofMillis(1), () -> {}, watch);

    loop.start();
    await().until(() -> watch.states().containsKey("stopped"));
    loop.stop();

    await().until(() -> watch.states().isEmpty());
  }

  @Test
  void the_watch_has_the_time_since_the_last_turn_of_each_loop() {
    AtomicLong nanos = new AtomicLong();
    LoopWatch watch = new LoopWatch(nanos::get);

    watch.turned("one");
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    watch.turned("other");
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThat(watch.states())
        .isEqualTo(
            Map.of(
                "one", new LoopState(Duration.ofSeconds(7), 0),
                "other", new LoopState(Duration.ofSeconds(2), 0)));
  }

  @Test
  void the_watch_counts_failures_until_a_turn_is_successful() {
    LoopWatch watch = new LoopWatch(() -> 0);

    watch.failed("one");
    watch.failed("one");
    watch.turned("one");
    assertThat(watch.states().get("one").failedInARow()).isEqualTo(2);

    watch.succeeded("one");
    assertThat(watch.states().get("one").failedInARow()).isZero();
  }

  @Test
  void a_loop_whose_turns_fail_still_reports_turns() {
    LoopWatch watch = new LoopWatch();
    Periodic loop =
        new Periodic(
            "failing",
            Duration.ofMillis(1),
            () -> {
              throw new IllegalStateException("of the test");
            },
            watch);

    loop.start();

    await().until(() -> watch.states().get("failing").failedInARow() > 2);
    assertThat(watch.states().get("failing").sinceLastTurn()).isLessThan(Duration.ofMinutes(1));
    loop.stop();
  }
}
