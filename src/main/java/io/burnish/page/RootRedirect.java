package io.burnish.page;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Sends a browser from {@code /} to the overview. The address is relative, so that a prefix of a
 * proxy stays. A resource at {@code /} would answer {@code OPTIONS} of every unknown address.
 */
@Singleton
class RootRedirect {

  void register(@Observes Router router) {
    router.route("/").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(RootRedirect::answer);
  }

  private static void answer(RoutingContext request) {
    request
        .response()
        .setStatusCode(303)
        .putHeader(HttpHeaders.LOCATION, "page/overview")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end();
  }
}
