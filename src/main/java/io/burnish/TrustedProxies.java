package io.burnish;

import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Optional;

/**
 * {@code X-Forwarded-*} headers count only from the proxies of {@code BURNISH_TRUSTED_PROXIES}: any
 * other client could choose the address that the audit shows and that {@code Location} names.
 */
final class TrustedProxies {

  private static final String PROXY = "quarkus.http.proxy.";
  private static final String FORWARDING = PROXY + "proxy-address-forwarding";

  private TrustedProxies() {}

  /**
   * Enables the headers for the trusted proxies, if there are any.
   *
   * @return why the service must not start, as a sentence; empty when it may
   */
  static Optional<String> configure(SmallRyeConfig config) {
    if (config.getOptionalValues(PROXY + "trusted-proxies", String.class).isEmpty()) {
      return config.getOptionalValue(FORWARDING, Boolean.class).orElse(false)
          ? Optional.of(
              "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING is true without BURNISH_TRUSTED_PROXIES, so every client could choose its address: name the proxies (addresses, ranges or hosts, with commas) in BURNISH_TRUSTED_PROXIES, which also enables forwarding")
          : Optional.empty();
    }
    for (String setting :
        List.of("proxy-address-forwarding", "enable-forwarded-host", "enable-forwarded-prefix")) {
      if (config.getOptionalValue(PROXY + setting, Boolean.class).orElse(false)) {
        continue;
      }
      System.setProperty(PROXY + setting, "true");
    }
    return Optional.empty();
  }
}
