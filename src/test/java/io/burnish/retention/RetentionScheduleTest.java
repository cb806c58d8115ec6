package io.burnish.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.loops.LoopWatch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetentionScheduleTest {

  private final AtomicLong nanos = new AtomicLong();
  private final LoopWatch watch = new LoopWatch(nanos::get);
  private final FakeRetention retention = new FakeRetention();
  private final List<Handler<Long>> timers = new ArrayList<>();

  /** Finished jobs without end, and no raw answers. */
  private static final class FakeRetention extends Retention {

    private int steps;
    private Runnable atStep = () -> {};

    FakeRetention() {
      super(null, null);
    }

    @Override
    boolean purgeJobs(Duration age, int chunk) {
      steps++;
      atStep.run();
      return true;
    }

    @Override
    boolean purgeHistory(Duration age, int chunk) {
      return false;
    }

    @Override
    boolean purgeAudit(Duration age, int chunk) {
      return false;
    }

    @Override
    boolean purgeRawAnswers(Duration age, int chunk) {
      return false;
    }
  }

  @Test
  void a_replica_without_a_worker_removes_nothing_and_is_not_watched() {
    RetentionSchedule schedule = schedule(false);

    schedule.start(new StartupEvent());
    schedule.run();

    assertThat(retention.steps).isZero();
    assertThat(timers).isEmpty();
    assertThat(watch.states()).isEmpty();
  }

  @Test
  void a_shutdown_ends_a_run_between_two_steps() {
    RetentionSchedule schedule = schedule(true);
    retention.atStep =
        () -> {
          if (retention.steps == 3) {
            schedule.stop(new ShutdownEvent());
          }
        };

    schedule.run();
    schedule.run();

    assertThat(retention.steps).isEqualTo(3);
  }

  @Test
  void it_is_watched_from_the_start_and_between_two_runs() {
    RetentionSchedule schedule = schedule(true);
    schedule.start(new StartupEvent());
    nanos.addAndGet(Duration.ofSeconds(30).toNanos());

    timers.forEach(timer -> timer.handle(1L));

    assertThat(watch.states().get("retention").sinceLastTurn()).isZero();
  }

  /** Else the liveness check could not find it. */
  @Test
  void a_run_that_hangs_does_not_report() {
    RetentionSchedule schedule = schedule(true);
    schedule.start(new StartupEvent());
    retention.atStep =
        () -> {
          nanos.addAndGet(Duration.ofMinutes(4).toNanos());
          timers.forEach(timer -> timer.handle(1L));
          assertThat(watch.states().get("retention").sinceLastTurn())
              .isEqualTo(Duration.ofMinutes(4));
          schedule.stop(new ShutdownEvent());
        };

    schedule.run();

    assertThat(retention.steps).isEqualTo(1);
    assertThat(watch.states().get("retention").failedInARow()).isZero();
  }

  @Test
  void a_run_that_fails_is_counted_and_the_next_one_runs() {
    RetentionSchedule schedule = schedule(true);
    retention.atStep =
        () -> {
          throw new IllegalStateException("of the test");
        };

    schedule.run();
    schedule.run();

    assertThat(retention.steps).isEqualTo(2);
    assertThat(watch.states().get("retention").failedInARow()).isEqualTo(2);
  }

  /** Only sets and cancels timers. */
  @SuppressWarnings("unchecked")
  private Vertx vertx() {
    return (Vertx)
        Proxy.newProxyInstance(
            Vertx.class.getClassLoader(),
            new Class<?>[] {Vertx.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "setPeriodic" -> {
                    timers.add((Handler<Long>) arguments[1]);
                    yield 1L;
                  }
                  case "cancelTimer" -> true;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private RetentionSchedule schedule(boolean enabled) {
    Map<String, Object> values =
        Map.of(
            "finishedJobs",
            Duration.ofDays(30),
            "rawAnswers",
            Duration.ofDays(7),
            "audit",
            Duration.ofDays(400),
            "every",
            Duration.ofMinutes(10));
    RetentionConfig config =
        (RetentionConfig)
            Proxy.newProxyInstance(
                RetentionConfig.class.getClassLoader(),
                new Class<?>[] {RetentionConfig.class},
                (proxy, method, arguments) -> values.get(method.getName()));
    return new RetentionSchedule(config, enabled, retention, watch, vertx());
  }
}
