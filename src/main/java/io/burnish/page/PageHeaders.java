package io.burnish.page;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/**
 * The security headers of pages and of what they are made of, in place of those of the API, which
 * allow a browser nothing.
 */
@Singleton
class PageHeaders {

  /** Any; the headers are set when the response is about to be sent. */
  private static final int PRIORITY = 1;

  private static final Pattern PAGES = Pattern.compile("/(?:page|webjars)/.*");

  /**
   * Nothing from outside, nothing inline, in no frame. lit-html makes its templates by a policy of
   * trusted types. Source: Content Security Policy Level 3, and the documentation of lit-html.
   */
  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self'",
          "connect-src 'self'",
          "form-action 'self'",
          "base-uri 'self'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types lit-html");

  void register(@Observes Filters filters) {
    filters.register(PageHeaders::add, PRIORITY);
  }

  private static void add(RoutingContext request) {
    if (PAGES.matcher(request.normalizedPath()).matches()) {
      request.addHeadersEndHandler(sent -> set(request.response().headers()));
    }
    request.next();
  }

  private static void set(MultiMap headers) {
    headers
        .set("Content-Security-Policy", POLICY)
        .set("X-Content-Type-Options", "nosniff")
        .set("Referrer-Policy", "same-origin")
        .set("Cross-Origin-Opener-Policy", "same-origin");
  }
}
