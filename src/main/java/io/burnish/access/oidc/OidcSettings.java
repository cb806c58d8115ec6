package io.burnish.access.oidc;

import io.burnish.access.caller.AccessConfig;
import io.burnish.access.caller.AuthMode;
import io.smallrye.config.SmallRyeConfig;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * Settings of quarkus-oidc that follow from those of Burnish. Tokens are read under {@code
 * BURNISH_AUTH=oidc}; people sign in on the page if, besides, Burnish is a client of the provider
 * with a secret.
 */
public final class OidcSettings {

  /** Length of the key of the cookie that spans a sign-in, in bytes before their encoding. */
  private static final int STATE_KEY_BYTES = 24;

  private OidcSettings() {}

  /** The settings, by property; empty: without OpenID Connect. */
  public static Map<String, String> of(SmallRyeConfig config) {
    if (config.getConfigMapping(AccessConfig.class).auth() != AuthMode.OIDC) {
      return Map.of();
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("quarkus.oidc.tenant-enabled", "true");
    Optional<String> secret = value(config, "quarkus.oidc.credentials.secret");
    if (secret.isPresent() && value(config, "quarkus.oidc.client-id").isPresent()) {
      settings.put(OidcSignIn.ENABLED, "true");
      settings.put("quarkus.oidc.page.authentication.state-secret", stateKey(secret.get()));
    }
    return settings;
  }

  private static Optional<String> value(SmallRyeConfig config, String property) {
    return config.getOptionalValue(property, String.class).filter(value -> !value.isBlank());
  }

  /**
   * All replicas have the same key, because the provider may lead a browser to another replica than
   * the one it came from. Source: quarkus-oidc makes a random key where none is set, and wants 32
   * characters.
   */
  private static String stateKey(String secret) {
    byte[] hash = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret).hmac("burnish sign-in");
    return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, STATE_KEY_BYTES));
  }
}
