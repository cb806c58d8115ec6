package io.burnish.access.session;

import io.burnish.access.key.KeySecret;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id of a session, as the browser sent it in the cookie {@value #COOKIE}. */
public final class SessionRequest extends BaseAuthenticationRequest {

  /** Name of the cookie. */
  public static final String COOKIE = "burnish-session";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final String id;

  private SessionRequest(String id) {
    this.id = id;
  }

  /** The session that a request names; empty: none, or a text that is not an id. */
  public static Optional<SessionRequest> of(RoutingContext request) {
    return Optional.ofNullable(request.request().getCookie(COOKIE))
        .map(Cookie::getValue)
        .filter(value -> FORM.matcher(value).matches())
        .map(SessionRequest::new);
  }

  /** The id; a secret of the browser. */
  public String id() {
    return id;
  }

  /** Whether this is the token of the session; null: none was sent. */
  public boolean matches(@Nullable String token) {
    return token != null && KeySecret.areEqual(SessionToken.of(id), token);
  }
}
