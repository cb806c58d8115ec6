package io.burnish.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.burnish.dedup.KnownRecords.Meaning;
import io.burnish.estimate.Estimate.Known;
import io.burnish.estimate.Estimate.Reason;
import io.burnish.queue.item.NewItem;
import io.burnish.record.Fingerprint;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class BatchTest {

  @Test
  void rejected_records_are_counted_by_code_with_the_first_sentence() {
    Batch batch = new Batch();

    batch.reject(NewItem.failed(0, null, "{}", null, "empty", List.of("it is empty", "and so on")));
    batch.reject(NewItem.failed(1, null, "{}", null, "odd", List.of("it is odd")));
    batch.reject(NewItem.failed(2, null, "{}", null, "odd", List.of("it is odder")));

    assertThat(batch.rejected().total()).isEqualTo(3);
    assertThat(batch.rejected().byCode())
        .containsExactly(new Reason("odd", 2, "it is odd"), new Reason("empty", 1, "it is empty"));
  }

  @Test
  void known_records_are_counted_by_what_becomes_of_them() {
    Batch batch = new Batch();

    batch.known(Meaning.REUSED);
    batch.known(Meaning.FAILED);
    batch.known(Meaning.REUSED);

    assertThat(batch.known()).isEqualTo(new Known(3, 2, 1));
  }

  @Test
  void records_that_are_not_measured_count_by_their_length() {
    Batch batch = new Batch();

    batch.ask(100);
    batch.measure(100, 50);
    batch.ask(300);

    assertThat(batch.tokensEach()).isCloseTo(100, within(1e-9));
    assertThat(new Batch().tokensEach()).isZero();
  }

  @Test
  void a_fingerprint_is_added_once_however_many_there_are() {
    FingerprintSet set = new FingerprintSet();

    for (int i = 0; i < 20_000; i++) {
      assertThat(set.add(fingerprint(i))).isTrue();
    }
    for (int i = 0; i < 20_000; i++) {
      assertThat(set.add(fingerprint(i))).isFalse();
    }
    assertThat(set.add(new Fingerprint("0".repeat(64)))).isTrue();
    assertThat(set.add(new Fingerprint("0".repeat(64)))).isFalse();
  }

  private static Fingerprint fingerprint(int i) {
    return new Fingerprint(DigestUtils.sha256Hex("record " + i));
  }
}
