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

  /** A server that starts again, or not, as the test wants. */
  private static final class FakeServer implements ServerWatch.Server {

    private boolean alive = true;
    private boolean starts = true;
    private int starting;
    private long usable = Long.MAX_VALUE;

    @Override
    public boolean isAlive() {
      return alive;
    }

    @Override
    public void startAgain() throws IOException {
      starting++;
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
    public Optional<String> lastWords() {
      return Optional.of("FATAL: it was tired");
    }

    @Override
    public String place() {
      return "here";
    }
  }

  @Test
  void the_message_has_the_reason_that_the_server_gave() throws Exception {
    server.alive = false;

    watch.look(stopped);

    assertThat(messages.get(0)).contains("ended by itself (FATAL: it was tired)");
  }

  @Test
  void a_server_that_ended_is_started_again_however_often_when_it_lives_between() throws Exception {
    for (int day = 0; day < 10; day++) {
      after(Duration.ofHours(1));
      server.alive = false;
      watch.look(stopped);
    }

    assertThat(server.starting).isEqualTo(10);
    assertThat(server.alive).isTrue();
    assertThat(lost).isEmpty();
  }

  @Test
  void one_that_does_not_start_three_times_is_given_up_with_the_reason() throws Exception {
    server.alive = false;
    server.starts = false;

    for (int look = 0; look < 3; look++) {
      watch.look(stopped);
    }

    assertThat(server.starting).isEqualTo(3);
    assertThat(lost).hasSize(1);
    assertThat(lost.get(0)).contains("PANIC: no space left");
  }

  @Test
  void one_that_ends_soon_after_each_start_is_given_up() throws Exception {
    for (int look = 0; look < 4; look++) {
      server.alive = false;
      after(Duration.ofSeconds(5));
      watch.look(stopped);
    }

    assertThat(server.starting).isEqualTo(3);
    assertThat(lost).hasSize(1);
  }

  @Test
  void a_disk_that_stays_full_for_a_minute_ends_it() throws Exception {
    server.usable = 0;

    watch.look(stopped);
    after(Duration.ofSeconds(59));
    watch.look(stopped);
    assertThat(lost).isEmpty();
    after(Duration.ofSeconds(1));
    watch.look(stopped);

    assertThat(lost).hasSize(1);
    assertThat(lost.get(0)).contains("disk is full");
    assertThat(messages).hasSize(1);
  }

  @Test
  void a_disk_that_has_room_again_is_forgiven() throws Exception {
    server.usable = 0;
    watch.look(stopped);
    after(Duration.ofSeconds(50));
    server.usable = 1 << 30;
    watch.look(stopped);
    server.usable = 0;
    after(Duration.ofSeconds(50));
    watch.look(stopped);

    assertThat(lost).isEmpty();
  }

  @Test
  void one_that_was_stopped_on_purpose_stays_so() throws Exception {
    server.alive = false;
    stopped.countDown();

    watch.look(stopped);

    assertThat(server.starting).isZero();
  }

  private void after(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
