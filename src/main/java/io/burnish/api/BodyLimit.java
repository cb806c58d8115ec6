package io.burnish.api;

import io.burnish.intake.Spool;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * How large a body may be, by address: a batch goes through the disk and may be huge; a state file
 * is read into memory. What says beforehand that it is too large is refused before it comes.
 */
@Singleton
class BodyLimit {

  /** An old state file of 100,000 ids has about 1 MB. In bytes. */
  static final long OTHERS = 32L * 1024 * 1024;

  private static final long LINGER_MILLIS = 5_000;

  /** After the framework has set its own limit, before anything reads a body. */
  private static final int PRIORITY = 1;

  private final Spool spool;
  private final Refusal refusal;

  BodyLimit(Spool spool, Refusal refusal) {
    this.spool = spool;
    this.refusal = refusal;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext request) {
    request.addEndHandler(answered -> hangUp(request));
    long limit = of(request);
    if (said(request) > limit) {
      refuse(request, limit);
      return;
    }
    request.next();
  }

  /** The largest body that this address takes, in bytes, unpacked. */
  long of(RoutingContext request) {
    return isBatch(request) ? spool.maxBody() : OTHERS;
  }

  private static boolean isBatch(RoutingContext request) {
    return request.request().method().equals(HttpMethod.POST)
        && request.normalizedPath().equals("/jobs");
  }

  /**
   * Where the answer was given before the body had come to its end, the rest is thrown away for a
   * while, so that a client that is still sending gets to read the answer; then the line is cut. A
   * request that nobody read, for it has no body, counts as unfinished until it is resumed.
   */
  static void hangUp(RoutingContext request) {
    HttpServerRequest unfinished = request.request();
    if (!unfinished.isEnded()) {
      unfinished.handler(thrownAway -> {});
      unfinished.resume();
    }
    if (!unfinished.isEnded()) {
      request.vertx().setTimer(LINGER_MILLIS, over -> closeUnlessEnded(unfinished));
    }
  }

  private static void closeUnlessEnded(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.connection().close();
    }
  }

  private static long said(RoutingContext request) {
    try {
      String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void refuse(RoutingContext request, long limit) {
    refusal.send(request, Problem.tooLarge(sentence(request.normalizedPath(), limit)));
  }

  /** That a body of this address has more bytes than it may, and what to do. */
  static String sentence(String path, long limit) {
    return (path.startsWith("/jobs")
            ? "a body may have %,d bytes at most here, counted unpacked; post records in several jobs"
            : "a state file may have %,d bytes at most, counted unpacked; send its keys in several files: each adds to what is tracked")
        .formatted(limit);
  }
}
