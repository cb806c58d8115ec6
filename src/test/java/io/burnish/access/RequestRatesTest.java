package io.burnish.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.access.RequestRates.Rate;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestRatesTest {

  private final AtomicLong now = new AtomicLong();
  private final RequestRates rates = new RequestRates(now::get);
  private final UUID key = UUID.randomUUID();

  @Test
  void a_key_may_send_its_rate_at_once_and_then_as_time_passes() {
    assertThat(rates.count(key, 2)).isEqualTo(new Rate(true, 1, 1));
    assertThat(rates.count(key, 2)).isEqualTo(new Rate(true, 0, 1));
    assertThat(rates.count(key, 2).allowed()).isFalse();

    after(Duration.ofMillis(499));
    assertThat(rates.count(key, 2).allowed()).isFalse();
    after(Duration.ofMillis(2));
    assertThat(rates.count(key, 2).allowed()).isTrue();
    assertThat(rates.count(key, 2).allowed()).isFalse();
  }

  @Test
  void a_pause_saves_up_one_second_and_keys_do_not_share() {
    for (int request = 0; request < 5; request++) {
      rates.count(key, 5);
    }
    assertThat(rates.count(UUID.randomUUID(), 5).remaining()).isEqualTo(4);

    after(Duration.ofHours(1));

    assertThat(rates.count(key, 5)).isEqualTo(new Rate(true, 4, 1));
  }

  @Test
  void a_lowered_limit_holds_at_once() {
    rates.count(key, 100);

    assertThat(rates.count(key, 1)).isEqualTo(new Rate(true, 0, 1));
    assertThat(rates.count(key, 1).allowed()).isFalse();
  }

  private void after(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
