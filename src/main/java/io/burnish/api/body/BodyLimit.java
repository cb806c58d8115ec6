package io.burnish.api.body;

import io.burnish.access.caller.Caller;
import io.burnish.api.problem.Problem;
import io.burnish.api.problem.ProblemSender;
import io.burnish.api.problem.UnreadBody;
import io.burnish.intake.body.Spool;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * The largest body by address: a batch is stored on disk and may be huge, a state file is read into
 * memory. A request with a larger Content-Length is refused before its body is read.
 */
@Singleton
class BodyLimit {

  /** An old state file of 100,000 ids has about 1 MB. In bytes. */
  private static final long DEFAULT_LIMIT = 32L * 1024 * 1024;

  /** After the framework has set its own limit, before anything reads a body. */
  private static final int PRIORITY = 1;

  private final Spool spool;
  private final ProblemSender sender;

  BodyLimit(Spool spool, ProblemSender sender) {
    this.spool = spool;
    this.sender = sender;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext request) {
    request.addEndHandler(answered -> UnreadBody.drainAndClose(request));
    long limit = of(request);
    if (contentLength(request) > limit) {
      refuse(request, limit);
      return;
    }
    request.next();
  }

  /** The largest body at this address, in bytes after decompression. */
  long of(RoutingContext request) {
    if (!isBatch(request)) {
      return DEFAULT_LIMIT;
    }
    Long ofKey = Caller.find(request).map(caller -> caller.limits().bodyBytes()).orElse(null);
    return ofKey == null ? spool.maxBody() : Math.min(ofKey, spool.maxBody());
  }

  private static boolean isBatch(RoutingContext request) {
    return request.request().method().equals(HttpMethod.POST)
        && request.normalizedPath().equals("/jobs");
  }

  private static long contentLength(RoutingContext request) {
    try {
      String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void refuse(RoutingContext request, long limit) {
    sender.send(request, Problem.tooLarge(request.normalizedPath(), limit));
  }
}
