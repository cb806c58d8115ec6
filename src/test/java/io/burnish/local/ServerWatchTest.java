package io.burnish.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServerWatchTest {

  private final AtomicLong nanos = new AtomicLong();
  private final List<String> messages = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final FakeServer server = new FakeServer();
  private final ServerWatch watch = new ServerWatch(server, messages::add, lost::add, nanos::get);

  /** A server whose restarts succeed or fail as the test sets. */
  private static final class FakeServer implements ServerWatch.Server {

    private boolean alive = true;
    private boolean starts = true;
    private int restarts;
    private long usable = Long.MAX_VALUE;

    @Override
    public boolean isAlive() {
      return alive;
    }

    @Override
    public void restart() throws IOException {
      restarts++;
      if (!starts) {
        throw new IOException("PANIC: no space left");
      }
      alive = true;
    }

    @Override
    public long usableBytes() {
      return usable;
    }

    @Override
    public Optional<String> lastError() {
      return Optional.of("FATAL: out of memory");
    }

    @Override
    public String directory() {
      return "here";
    }
  }

  @Test
  void the_message_has_the_last_error_of_the_server() throws Exception {
    server.alive = false;

    watch.check(stopped);

    assertThat(messages.get(0)).contains("ended unexpectedly (FATAL: out of memory)");
  }

  @Test
  void a_server_that_ends_is_restarted_each_time_if_it_was_stable() throws Exception {
    for (int day = 0; day < 10; day++) {
      after(Duration.ofHours(1));
      server.alive = false;
      watch.check(stopped);
    }

    assertThat(server.restarts).isEqualTo(10);
    assertThat(server.alive).isTrue();
    assertThat(lost).isEmpty();
  }

  @Test
  void after_three_failed_restarts_the_server_is_lost_with_the_reason() throws Exception {
    server.alive = false;
    server.starts = false;

    for (int check = 0; check < 3; check++) {
      watch.check(stopped);
    }

    assertThat(server.restarts).isEqualTo(3);
    assertThat(lost).hasSize(1);
    assertThat(lost.get(0)).contains("PANIC: no space left");
  }

  @Test
  void a_server_that_ends_soon_after_each_start_is_lost() throws Exception {
    for (int check = 0; check < 4; check++) {
      server.alive = false;
      after(Duration.ofSeconds(5));
      watch.check(stopped);
    }

    assertThat(server.restarts).isEqualTo(3);
    assertThat(lost).hasSize(1);
  }

  @Test
  void a_disk_that_is_full_for_a_minute_loses_the_server() throws Exception {
    server.usable = 0;

    watch.check(stopped);
    after(Duration.ofSeconds(59));
    watch.check(stopped);
    assertThat(lost).isEmpty();
    after(Duration.ofSeconds(1));
    watch.check(stopped);

    assertThat(lost).hasSize(1);
    assertThat(lost.get(0)).contains("disk is full");
    assertThat(messages).hasSize(1);
  }

  @Test
  void free_space_resets_the_timeout_of_a_full_disk() throws Exception {
    server.usable = 0;
    watch.check(stopped);
    after(Duration.ofSeconds(50));
    server.usable = 1 << 30;
    watch.check(stopped);
    server.usable = 0;
    after(Duration.ofSeconds(50));
    watch.check(stopped);

    assertThat(lost).isEmpty();
  }

  @Test
  void a_stopped_server_is_not_restarted() throws Exception {
    server.alive = false;
    stopped.countDown();

    watch.check(stopped);

    assertThat(server.restarts).isZero();
  }

  private void after(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
