package io.burnish.access.key;

import io.burnish.access.caller.AccessConfig;
import io.burnish.access.caller.AccessThreads;
import io.burnish.access.caller.Caller;
import io.burnish.access.caller.Identities;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Identifies the caller by {@code BURNISH_ADMIN_KEY}, or by a stored key. */
@Singleton
class KeyIdentityProvider implements IdentityProvider<KeyRequest> {

  private final AccessConfig config;
  private final KeyLookup lookup;
  private final AccessThreads threads;

  KeyIdentityProvider(AccessConfig config, KeyLookup lookup, AccessThreads threads) {
    this.config = config;
    this.lookup = lookup;
    this.threads = threads;
  }

  @Override
  public Class<KeyRequest> getRequestType() {
    return KeyRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      KeyRequest request, AuthenticationRequestContext context) {
    if (config.adminKey().filter(key -> KeySecret.areEqual(key, request.secret())).isPresent()) {
      return Uni.createFrom().item(Identities.of(Caller.ADMIN_KEY));
    }
    if (!KeySecret.isWellFormed(request.secret())) {
      return Uni.createFrom().failure(new AuthenticationFailedException("not a key"));
    }
    byte[] hash = KeySecret.hash(request.secret());
    Optional<Caller> cached = lookup.cached(hash);
    return cached.isPresent()
        ? Uni.createFrom().item(Identities.of(cached.get()))
        : threads.run(() -> found(lookup.find(hash)));
  }

  private static SecurityIdentity found(Optional<Caller> caller) {
    return Identities.of(
        caller.orElseThrow(
            () -> new AuthenticationFailedException("no valid key has this secret")));
  }
}
