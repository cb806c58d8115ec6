package io.burnish.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.observability.SharedState.Read;
import io.burnish.status.QueueDepth;
import io.burnish.status.QueueQuery.Queue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedStateTest {

  private final CountDownLatch never = new CountDownLatch(1);
  private Instant now = Instant.EPOCH;
  private int reads;
  private boolean fails;
  private boolean hangs;
  private final SharedState state =
      new SharedState(
          this::read,
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              throw new UnsupportedOperationException();
            }
          });

  @AfterEach
  void stop() {
    never.countDown();
    state.stop();
  }

  private Read read() {
    reads++;
    if (fails) {
      throw new IllegalStateException("no connection");
    }
    if (hangs) {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return new Read(
        now, new Queue(new QueueDepth(reads, 0, 0, 0, List.of(), null, Map.of()), 1), List.of());
  }

  private void passes(int seconds) {
    now = now.plusSeconds(seconds);
  }

  @Test
  void scrapes_of_five_seconds_share_a_read() {
    state.now();
    passes(4);
    state.now();
    assertThat(reads).isEqualTo(1);

    passes(1);
    assertThat(state.now().orElseThrow().queue().depth().open()).isEqualTo(2);
  }

  @Test
  void while_reads_fail_the_last_one_is_used_for_half_a_minute() {
    state.now();
    fails = true;
    passes(29);
    assertThat(state.now()).isPresent();

    passes(1);
    assertThat(state.now()).isEmpty();
    assertThat(state.age()).contains(Duration.ofSeconds(30));

    fails = false;
    assertThat(state.now()).isPresent();
  }

  @Test
  void a_read_that_hangs_is_not_joined_by_another() {
    hangs = true;

    assertThat(state.now()).isEmpty();
    assertThat(state.now()).isEmpty();
    assertThat(reads).isEqualTo(1);
  }
}
