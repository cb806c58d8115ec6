package io.burnish.client.settings;

import io.burnish.client.console.ClientException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The address of a service.
 *
 * @param url without a slash at its end and without a login; may have a path
 * @param authorization value of the header Authorization, from {@code BURNISH_API_KEY} or from a
 *     login in the URL; null: none
 */
public record ServiceAddress(String url, @Nullable String authorization) {

  /**
   * The service that {@code BURNISH_URL} names, with the key of {@code BURNISH_API_KEY}; empty when
   * it names none.
   *
   * @throws ClientException if it is not an address, has a login beside the key, or the key is no
   *     value of a header
   */
  public static Optional<ServiceAddress> named(Map<String, String> environment) {
    Optional<String> key = Settings.variable(environment, "BURNISH_API_KEY");
    return Settings.variable(environment, "BURNISH_URL")
        .map(ServiceAddress::of)
        .map(address -> key.map(address::withKey).orElse(address));
  }

  private ServiceAddress withKey(String key) {
    if (authorization != null) {
      throw new ClientException(
          "BURNISH_URL has a login and BURNISH_API_KEY is set; both are the header Authorization, so unset one");
    }
    if (!key.matches("[A-Za-z0-9._~+/=-]+")) {
      throw new ClientException(
          "BURNISH_API_KEY has characters that no key has; it must be like bk_… (its value is not shown)");
    }
    return new ServiceAddress(url, "Bearer " + key);
  }

  /** Without the authorization. */
  @Override
  public String toString() {
    return url;
  }

  /**
   * Parses an address: {@code http://} is optional, a login may precede the host ({@code
   * https://user:password@host}).
   *
   * @throws ClientException if it is not an address
   */
  public static ServiceAddress of(String text) {
    String whole = text.contains("://") ? text : "http://" + text;
    try {
      URI uri = URI.create(whole.replaceAll("/+$", ""));
      String scheme = String.valueOf(uri.getScheme());
      if (uri.getHost() == null || !scheme.matches("(?i)https?") || uri.getRawQuery() != null) {
        throw invalid(text);
      }
      String login = uri.getRawUserInfo();
      String url = uri.toString();
      return login == null
          ? new ServiceAddress(url, null)
          : new ServiceAddress(url.replace(login + "@", ""), basic(uri.getUserInfo()));
    } catch (IllegalArgumentException e) {
      throw invalid(text);
    }
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static ClientException invalid(String text) {
    return new ClientException(
        "BURNISH_URL=%s is no address of a service; it must be like http://host:8080"
            .formatted(text.replaceAll("//[^/@]*@", "//")));
  }

  /** The URL of a path below the base URL. */
  public URI resolve(String path) {
    return URI.create(url + path);
  }
}
