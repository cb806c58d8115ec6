package io.burnish.access;

import io.burnish.access.caller.AccessConfig;
import io.burnish.access.caller.AuthMode;
import io.burnish.access.caller.Caller;
import io.burnish.access.caller.Identities;
import io.burnish.access.key.KeyRequest;
import io.burnish.access.key.KeySecret;
import io.burnish.access.session.ForgedRequestException;
import io.burnish.access.session.SessionRequest;
import io.burnish.access.session.SessionToken;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the key of a request: {@code Authorization: Bearer bk_…}; without that header, the cookie
 * of a session. Under {@code BURNISH_AUTH=oidc} any other token is left to the mechanism of the
 * framework; under {@code none} every caller is an administrator.
 */
@Singleton
class KeyMechanism implements HttpAuthenticationMechanism {

  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S+)");

  /** Before the mechanism of quarkus-oidc, which has the default and 1. */
  private static final int PRIORITY = DEFAULT_PRIORITY + 100;

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final AccessConfig config;

  KeyMechanism(AccessConfig config) {
    this.config = config;
  }

  @Override
  public Uni<@Nullable SecurityIdentity> authenticate(
      RoutingContext request, IdentityProviderManager identities) {
    if (config.auth() == AuthMode.NONE) {
      return Uni.createFrom().item(Identities.of(Caller.ANYONE));
    }
    List<String> headers = request.request().headers().getAll(HttpHeaders.AUTHORIZATION);
    if (headers.isEmpty()) {
      return SessionRequest.of(request)
          .map(session -> bySession(request, session, identities))
          .orElseGet(() -> Uni.createFrom().nullItem());
    }
    Matcher bearer = BEARER.matcher(headers.get(0).strip());
    if (headers.size() > 1 || !bearer.matches()) {
      return Uni.createFrom()
          .failure(new AuthenticationFailedException("Authorization is not one bearer token"));
    }
    String token = bearer.group(1);
    return config.auth() == AuthMode.OIDC && !isKey(token)
        ? Uni.createFrom().nullItem()
        : identities.authenticate(new KeyRequest(token));
  }

  /** A page of another site can make a browser send the cookie, but can't read the token. */
  private static Uni<@Nullable SecurityIdentity> bySession(
      RoutingContext request, SessionRequest session, IdentityProviderManager identities) {
    String sent = request.request().getHeader(SessionToken.HEADER);
    return SAFE.contains(request.request().method()) || session.matches(sent)
        ? identities.authenticate(session)
        : Uni.createFrom().failure(new ForgedRequestException());
  }

  private boolean isKey(String token) {
    return KeySecret.isWellFormed(token)
        || config.adminKey().filter(key -> KeySecret.areEqual(key, token)).isPresent();
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext request) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(KeyRequest.class, SessionRequest.class);
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext request) {
    return Uni.createFrom()
        .item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "Bearer"));
  }

  @Override
  public int getPriority() {
    return PRIORITY;
  }
}
