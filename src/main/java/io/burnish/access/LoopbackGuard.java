package io.burnish.access;

import io.burnish.access.caller.AccessConfig;
import io.burnish.access.caller.AuthMode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses what web pages make a browser send to a service on this machine. Under {@code
 * BURNISH_AUTH=none} on a loopback address, {@code Host} and {@code Origin} must name that address:
 * a page of another site has its own origin, also for a form that needs no preflight, and a name
 * that was rebound to 127.0.0.1 stays in {@code Host}. Behind a proxy the proxy must check both.
 * Source: RFC 6454 and RFC 9110, section 7.2.
 */
@Singleton
public class LoopbackGuard {

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)localhost\\.?|127(?:\\.\\d{1,3}){3}|\\[?::1]?");

  private static final Pattern PORT = Pattern.compile(":\\d{0,5}$");

  private final boolean active;

  LoopbackGuard(
      AccessConfig config,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
          boolean behindProxy) {
    this.active =
        config.auth() == AuthMode.NONE && LOOPBACK.matcher(host).matches() && !behindProxy;
  }

  /** Name of the header that is foreign; empty: none. */
  public Optional<String> foreignHeader(HttpServerRequest request) {
    if (!active) {
      return Optional.empty();
    }
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    boolean known =
        hosts.isEmpty()
            ? request.authority() == null || isLoopback(request.authority().host())
            : hosts.stream().allMatch(LoopbackGuard::isLoopback);
    if (!known) {
      return Optional.of("Host");
    }
    String own = hosts.isEmpty() ? "" : hosts.get(0);
    return request.headers().getAll(HttpHeaders.ORIGIN).stream()
            .allMatch(origin -> isOwn(origin, own))
        ? Optional.empty()
        : Optional.of("Origin");
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(PORT.matcher(host).replaceFirst("")).matches();
  }

  /** The port counts, too: another program of this machine may serve pages of anybody. */
  private static boolean isOwn(String origin, String host) {
    try {
      return host.equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
