package io.burnish.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where callbacks may go. */
class CallbackUrlsTest {

  private static final CallbackUrls PUBLIC_ONLY = new CallbackUrls(List.of(), owner -> true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://93.184.216.34/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://localhost/",
        "https://10.1.2.3:8443/x",
        "https://172.31.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://198.18.0.1/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://[::1]/",
        "https://[::]/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
        "https://[fd12:3456::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[2002:a00:1::]/",
        "https://[ff02::1]/",
        "ftp://93.184.216.34/",
        "https://user:secret@93.184.216.34/",
        "https:///x",
        "https://93.184.216.34:70000/",
        "no url",
        "",
        "file:///etc/passwd",
      })
  void what_is_not_public_is_refused(String url) {
    assertThat(PUBLIC_ONLY.whyRefused(url, "default")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://93.184.216.34/",
        "https://93.184.216.34:8443/a?b=c",
        "https://[2606:2800:220:1::1]/",
        "https://100.128.0.1/",
        "https://172.32.0.1/",
      })
  void public_addresses_are_allowed_over_https(String url) {
    assertThat(PUBLIC_ONLY.whyRefused(url, "default")).isEmpty();
  }

  @Test
  void a_range_or_a_host_can_be_allowed() {
    CallbackUrls urls =
        new CallbackUrls(List.of("10.1.0.0/16", "fd00::/8", "LOCALHOST"), owner -> true);

    for (String url :
        List.of(
            "http://10.1.2.3/", "https://10.1.2.3/", "https://[fd00::1]/", "http://localhost/")) {
      assertThat(urls.whyRefused(url, "default")).as(url).isEmpty();
    }
    for (String url : List.of("http://10.2.0.1/", "https://[fc00::1]/", "https://127.0.0.1/")) {
      assertThat(urls.whyRefused(url, "default")).as(url).isPresent();
    }
  }

  @Test
  void without_a_secret_none_is_taken() {
    assertThat(
            new CallbackUrls(List.of(), owner -> false)
                .whyRefused("https://93.184.216.34/", "default"))
        .hasValueSatisfying(why -> assertThat(why).contains("BURNISH_WEBHOOK_SECRET"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "fd00::/129", "a/8", "10.0.0.0/"})
  void a_malformed_range_is_named(String range) {
    assertThatThrownBy(() -> new AddressRules(List.of(range)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(range);
  }
}
