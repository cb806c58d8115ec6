package io.burnish.api.problem;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** The rest of a body that is not read, because the response is sent before its end. */
public final class UnreadBody {

  /** Time to drain a body that is not needed, in milliseconds. */
  private static final long DRAIN_MILLIS = 5_000;

  private UnreadBody() {}

  /**
   * If the response is sent before the body is read to its end, drains the body for {@value
   * #DRAIN_MILLIS} ms, so that the client can read the response; then closes the connection. A
   * request without a body must be resumed too, to count as ended.
   */
  public static void drainAndClose(RoutingContext request) {
    HttpServerRequest unfinished = request.request();
    if (!unfinished.isEnded()) {
      unfinished.handler(discarded -> {});
      unfinished.resume();
    }
    if (!unfinished.isEnded()) {
      request.vertx().setTimer(DRAIN_MILLIS, over -> closeUnlessEnded(unfinished));
    }
  }

  private static void closeUnlessEnded(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.connection().close();
    }
  }
}
