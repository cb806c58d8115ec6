package io.burnish.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
  void a_loop_that_was_stopped_is_not_watched_any_more() {
    LoopWatch watch = new LoopWatch();
    Periodic loop = new Periodic("stopped", Duration.ofMillis(1), () -> {}, watch);

    loop.start();
    await().until(() -> watch.sinceLastTurn().containsKey("stopped"));
    loop.stop();

    await().until(() -> watch.sinceLastTurn().isEmpty());
  }

  @Test
  void the_watch_tells_how_long_ago_each_loop_turned() {
    AtomicLong nanos = new AtomicLong();
    LoopWatch watch = new LoopWatch(nanos::get);

    watch.turned("one");
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    watch.turned("other");
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThat(watch.sinceLastTurn())
        .isEqualTo(Map.of("one", Duration.ofSeconds(7), "other", Duration.ofSeconds(2)));
  }
}
