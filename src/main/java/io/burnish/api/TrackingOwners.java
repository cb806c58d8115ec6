package io.burnish.api;

import io.burnish.access.Caller;
import io.burnish.record.Excerpt;
import io.burnish.tracking.TrackingScope;
import io.burnish.tracking.TrackingScopes;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose tracking a request is about: that of the caller's owner, or, for administrators, of the
 * owner that the query parameter {@code owner} names, or of all. Thread-safe.
 */
@Singleton
class TrackingOwners {

  private static final String OWNER = "owner";

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
    Caller caller = Caller.of(request);
    if (named == null) {
      return scopes.of(caller.owner());
    }
    Optional<String> only = caller.onlyOwner();
    if (only.isPresent() && !only.get().equals(named)) {
      throw new InvalidQueryException(
          OWNER, "may only name the caller's own owner; an administrator may name another");
    }
    if (named.isEmpty() || named.equals(Caller.ALL_OWNERS) || named.indexOf('\0') >= 0) {
      throw new InvalidQueryException(
          OWNER, "\"%s\" is not the name of one owner".formatted(Excerpt.of(named)));
    }
    return scopes.of(named);
  }
}
