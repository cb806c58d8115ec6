package io.burnish.api.tracking;

import io.burnish.access.caller.Caller;
import io.burnish.api.input.NamedOwner;
import io.burnish.tracking.TrackingScopes;
import io.burnish.tracking.decision.TrackingScope;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Whose tracking a request is about: that of the caller's owner, or, for administrators, of the
 * owner that the query parameter {@code owner} names, or of all. Thread-safe.
 */
@Singleton
class TrackingOwners {

  private final TrackingScopes scopes;

  TrackingOwners(TrackingScopes scopes) {
    this.scopes = scopes;
  }

  String provider() {
    return scopes.provider();
  }

  /**
   * One owner, or null for all.
   *
   * @param named value of the query parameter; null: none
   */
  @Nullable String oneOrAll(RoutingContext request, @Nullable String named) {
    return Caller.ALL_OWNERS.equals(named) && Caller.of(request).onlyOwner().isEmpty()
        ? null
        : one(request, named).owner();
  }

  /**
   * One owner.
   *
   * @param named value of the query parameter; null: none
   */
  TrackingScope one(RoutingContext request, @Nullable String named) {
    return scopes.of(NamedOwner.of(Caller.of(request), named));
  }
}
