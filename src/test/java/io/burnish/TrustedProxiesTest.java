package io.burnish;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {

  private static final String PROXY = "quarkus.http.proxy.";

  private static final List<String> ENABLED =
      List.of("proxy-address-forwarding", "enable-forwarded-host", "enable-forwarded-prefix");

  @AfterEach
  void forget() {
    ENABLED.forEach(setting -> System.clearProperty(PROXY + setting));
  }

  @Test
  void without_proxies_forwarding_stays_off_and_is_refused_if_it_is_on() {
    assertThat(TrustedProxies.configure(config(Map.of(PROXY + "trusted-proxies", "")))).isEmpty();
    assertThat(TrustedProxies.configure(config(Map.of()))).isEmpty();
    assertThat(System.getProperty(PROXY + "proxy-address-forwarding")).isNull();

    assertThat(TrustedProxies.configure(config(Map.of(PROXY + "proxy-address-forwarding", "true"))))
        .get()
        .asString()
        .contains("BURNISH_TRUSTED_PROXIES");
  }

  @Test
  void named_proxies_enable_forwarding() {
    assertThat(TrustedProxies.configure(config(Map.of(PROXY + "trusted-proxies", "10.0.0.0/8,lb"))))
        .isEmpty();

    assertThat(ENABLED)
        .allSatisfy(setting -> assertThat(System.getProperty(PROXY + setting)).isEqualTo("true"));
  }

  private static SmallRyeConfig config(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .build();
  }
}
