package io.burnish.access.session;

import io.burnish.access.caller.AccessThreads;
import io.burnish.access.caller.Identities;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Identifies the caller by a session: it is the caller of the key that opened the session. */
@Singleton
class SessionIdentityProvider implements IdentityProvider<SessionRequest> {

  private final Sessions sessions;
  private final AccessThreads threads;

  SessionIdentityProvider(Sessions sessions, AccessThreads threads) {
    this.sessions = sessions;
    this.threads = threads;
  }

  @Override
  public Class<SessionRequest> getRequestType() {
    return SessionRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      SessionRequest request, AuthenticationRequestContext context) {
    return threads.run(
        () ->
            Identities.of(
                sessions
                    .find(request.id())
                    .orElseThrow(() -> new AuthenticationFailedException("no valid session"))));
  }
}
