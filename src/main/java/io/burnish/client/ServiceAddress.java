package io.burnish.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The address of a service.
 *
 * @param url without a slash at its end and without a login; may have a path
 * @param authorization value of the header Authorization, from a login in the URL; null: none
 */
record ServiceAddress(String url, @Nullable String authorization) {

  /**
   * Parses an address: {@code http://} is optional, a login may precede the host ({@code
   * https://user:password@host}).
   *
   * @throws ClientException if it is not an address
   */
  static ServiceAddress of(String text) {
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
  URI resolve(String path) {
    return URI.create(url + path);
  }
}
