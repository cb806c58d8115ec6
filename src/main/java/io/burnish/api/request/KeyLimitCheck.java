package io.burnish.api.request;

import io.burnish.access.RequestRates;
import io.burnish.access.RequestRates.Rate;
import io.burnish.access.caller.AccessThreads;
import io.burnish.access.caller.Caller;
import io.burnish.access.caller.KeyLimits;
import io.burnish.api.input.IdempotencyKey;
import io.burnish.api.post.PostRights;
import io.burnish.api.problem.Problem;
import io.burnish.job.post.KeyAllowance;
import io.burnish.job.post.KeyLimitException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Applies the limits of the caller's key before the body is read. A POST that repeats a known
 * {@code Idempotency-Key} is admitted whatever the limits, as it stores nothing. Thread-safe.
 */
@Singleton
class KeyLimitCheck {

  private final RequestRates rates;
  private final KeyAllowance allowance;
  private final AccessThreads threads;

  KeyLimitCheck(RequestRates rates, KeyAllowance allowance, AccessThreads threads) {
    this.rates = rates;
    this.allowance = allowance;
    this.threads = threads;
  }

  /**
   * Why the request is refused; empty when it is not. A key with a limit of requests has {@code
   * RateLimit-*} headers in each response (Source: draft-ietf-httpapi-ratelimit-headers-06).
   */
  Uni<Optional<HttpProblem>> check(RoutingContext request, Endpoint endpoint, Caller caller) {
    UUID key = caller.keyId();
    if (key == null || caller.limits().equals(KeyLimits.NONE)) {
      return Uni.createFrom().item(Optional.empty());
    }
    Optional<HttpProblem> tooFast = rate(request, key, caller.limits().requestsPerSecond());
    boolean postsJob =
        endpoint.operation().equals("POST /jobs") && request.queryParam("dryRun").isEmpty();
    boolean isLimited = caller.limits().openJobs() != null || caller.limits().costPerDay() != null;
    if (!postsJob || tooFast.isEmpty() && !isLimited) {
      return Uni.createFrom().item(tooFast);
    }
    String idempotencyKey = request.request().getHeader(IdempotencyKey.HEADER);
    return threads.run(
        () -> isPosted(caller, idempotencyKey) ? Optional.empty() : tooFast.or(() -> post(caller)));
  }

  private Optional<HttpProblem> rate(
      RoutingContext request, UUID key, @Nullable Integer perSecond) {
    if (perSecond == null) {
      return Optional.empty();
    }
    Rate rate = rates.count(key, perSecond);
    HttpServerResponse response = request.response();
    response.putHeader("RateLimit-Limit", String.valueOf(perSecond));
    response.putHeader("RateLimit-Policy", perSecond + ";w=1");
    response.putHeader("RateLimit-Remaining", String.valueOf(rate.remaining()));
    response.putHeader("RateLimit-Reset", String.valueOf(rate.resetSeconds()));
    return rate.allowed()
        ? Optional.empty()
        : Optional.of(
            Problem.keyLimit(
                "this key may send %d requests a second to each replica; send it again in a second"
                    .formatted(perSecond),
                Duration.ofSeconds(1)));
  }

  private boolean isPosted(Caller caller, @Nullable String idempotencyKey) {
    return idempotencyKey != null && allowance.isPosted(caller.owner(), idempotencyKey);
  }

  private Optional<HttpProblem> post(Caller caller) {
    try {
      allowance.require(PostRights.origin(caller));
      return Optional.empty();
    } catch (KeyLimitException e) {
      return Optional.of(Problem.keyLimit(String.valueOf(e.getMessage()), e.retryAfter()));
    }
  }
}
