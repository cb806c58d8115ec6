package io.burnish.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Signatures by Standard Webhooks. */
class WebhookSignatureTest {

  /** Source: the published test vector of Standard Webhooks, read 2026-11. */
  @Test
  void the_published_vector_holds() {
    assertThat(
            new WebhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .of(
                    "msg_p5jXN8AQM9LWM0D4loKWxJek",
                    Instant.ofEpochSecond(1_614_265_330),
                    "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void a_secret_without_the_prefix_is_the_key_itself() {
    assertThat(new WebhookSignature("plain").of("a", Instant.EPOCH, "b"))
        .isEqualTo(new WebhookSignature("whsec_cGxhaW4=").of("a", Instant.EPOCH, "b"));
  }

  @Test
  void a_malformed_secret_is_refused() {
    assertThatThrownBy(() -> new WebhookSignature("whsec_%"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
