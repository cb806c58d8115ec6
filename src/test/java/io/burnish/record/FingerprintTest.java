package io.burnish.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  void the_order_of_keys_does_not_matter() {
    assertThat(of("{\"a\":1,\"b\":{\"c\":2,\"d\":3}}"))
        .isEqualTo(of("{\"b\":{\"d\":3,\"c\":2},\"a\":1}"));
  }

  @Test
  void every_character_and_the_order_of_lists_matter() {
    assertThat(of("{\"a\":\"x\"}")).isNotEqualTo(of("{\"a\":\"x \"}"));
    assertThat(of("{\"a\":[1,2]}")).isNotEqualTo(of("{\"a\":[2,1]}"));
    assertThat(of("{\"a\":\"1\"}")).isNotEqualTo(of("{\"a\":1}"));
  }

  @Test
  void stored_fingerprints_stay_valid() {
    String record =
        "{\"ב\":1.50,\"b\":{\"z\":[{\"y\":1,\"x\":\"\\ud83d\"},-0.0,1e5],\"a\":null},\"a\":\"ש🎁\\n\"}";

    assertThat(of(record).hex())
        .isEqualTo("86ceee53d2844268b7626162007d2ffa8aaec579d3d02ada93f59d7272c9cf68");
    assertThat(Fingerprint.ofKey("real", "discount", "ש1").hex())
        .isEqualTo("cf1a33eb589945c566dd43851a9f2ea764c384cccc5fc9eeba31645c04a585d5");
  }

  @Test
  void namespace_profile_and_both_versions_keep_questions_apart() {
    Fingerprint one = Fingerprint.of("real", "p", 1, "v", RecordJson.object());

    assertThat(Fingerprint.of("simulated", "p", 1, "v", RecordJson.object())).isNotEqualTo(one);
    assertThat(Fingerprint.of("real", "q", 1, "v", RecordJson.object())).isNotEqualTo(one);
    assertThat(Fingerprint.of("real", "p", 2, "v", RecordJson.object())).isNotEqualTo(one);
    assertThat(Fingerprint.of("real", "p", 1, "w", RecordJson.object())).isNotEqualTo(one);
    assertThat(Fingerprint.of("realp", "", 1, "v", RecordJson.object())).isNotEqualTo(one);
  }

  @Test
  void a_key_has_an_identity_of_its_own_in_each_namespace_and_profile() {
    Fingerprint one = Fingerprint.ofKey("real", "p", "1");

    assertThat(Fingerprint.ofKey("real", "p", "1")).isEqualTo(one);
    assertThat(Fingerprint.ofKey("simulated", "p", "1")).isNotEqualTo(one);
    assertThat(Fingerprint.ofKey("real", "q", "1")).isNotEqualTo(one);
    assertThat(Fingerprint.ofKey("real", "p", "2")).isNotEqualTo(one);
    assertThat(Fingerprint.ofKey("realp", "", "1")).isNotEqualTo(one);
  }

  @Test
  void it_is_64_hexadecimal_digits_even_of_half_a_surrogate_pair() {
    assertThat(of("{\"a\":\"\\ud83d\"}").hex()).matches("[0-9a-f]{64}");
    assertThat(of("{\"a\":\"\\ud83d\"}")).isNotEqualTo(of("{\"a\":\"\\ud83e\"}"));
  }

  private static Fingerprint of(String json) {
    return Fingerprint.of("real", "discount", 1, "v1", RecordJson.read(json));
  }
}
