package io.burnish.access.session;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * The cookie that has the id of a session. Scripts can't read it, and no page of another site makes
 * a browser send it. Source: RFC 6265bis.
 */
public final class SessionCookie {

  private SessionCookie() {}

  /**
   * Adds the cookie of a new session to the response.
   *
   * @param request which opened it; over https the cookie is for https only
   * @param id of the session
   */
  public static void add(RoutingContext request, String id) {
    send(request, id, Sessions.LONGEST.toSeconds());
  }

  /** Lets the browser remove the cookie. */
  public static void end(RoutingContext request) {
    send(request, "", 0);
  }

  private static void send(RoutingContext request, String value, long seconds) {
    request
        .response()
        .headers()
        .add(
            HttpHeaders.SET_COOKIE,
            "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s"
                .formatted(
                    SessionRequest.COOKIE,
                    value,
                    seconds,
                    "https".equals(request.request().scheme()) ? "; Secure" : ""));
  }
}
