package io.burnish.access.oidc;

import io.burnish.access.audit.AuditTrail;
import io.burnish.access.caller.AccessThreads;
import io.burnish.access.caller.Caller;
import io.burnish.access.caller.Identities;
import io.burnish.access.session.Sessions;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sign-in of people by the OpenID Connect provider, with the authorization code flow of
 * quarkus-oidc: its tenant {@code page} serves one address. At the end of the flow the ID token
 * names the caller, a session is opened, and the tokens are dropped. Thread-safe.
 */
@Singleton
public class OidcSignIn {

  private static final Logger LOG = Logger.getLogger(OidcSignIn.class);

  /** Whether Burnish is a client of the provider. */
  static final String ENABLED = "quarkus.oidc.page.tenant-enabled";

  /** Name in the audit; the call has no endpoint of the API. */
  private static final String OPERATION = "GET /page/sign-in/oidc";

  /** First part of the names of cookies with tokens. Source: quarkus-oidc. */
  private static final String TOKEN_COOKIES = "q_session";

  private static final int FOUND = 302;

  private final OidcAuthenticationMechanism oidc;
  private final IdentityProviderManager identities;
  private final Sessions sessions;
  private final AuditTrail audit;
  private final AccessThreads threads;
  private final boolean enabled;

  OidcSignIn(
      OidcAuthenticationMechanism oidc,
      IdentityProviderManager identities,
      Sessions sessions,
      AuditTrail audit,
      AccessThreads threads,
      @ConfigProperty(name = ENABLED) boolean enabled) {
    this.oidc = oidc;
    this.identities = identities;
    this.sessions = sessions;
    this.audit = audit;
    this.threads = threads;
    this.enabled = enabled;
  }

  /** What follows on a request of the flow. */
  public sealed interface Step {

    /** The browser goes to an address of the provider. */
    record ToProvider(String address) implements Step {}

    /** A session is open; {@code id} is its id. */
    record Opened(String id) implements Step {}

    /** No session is opened. */
    record Failed(Reason reason) implements Step {}
  }

  /** Why no session is opened. */
  public enum Reason {
    /** Burnish is no client of a provider. */
    DISABLED,
    /** The provider or the person refused. */
    REFUSED,
    /** The browser came back too late, twice, or without its cookies. */
    EXPIRED,
    /** The ID token has no role or no owner for this service. */
    NO_ROLE,
    /** The provider can't be reached, or its answer is not valid. */
    PROVIDER;

    /** The word in the address of the sign-in page. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Whether people can sign in so. */
  public boolean isEnabled() {
    return enabled;
  }

  /**
   * Takes the next step of the flow.
   *
   * @param request to the address of the tenant {@code page}; the first one has no query, the
   *     second one has that of the provider
   * @return fails with a {@link io.burnish.database.DatabaseException} or a {@link
   *     java.util.concurrent.RejectedExecutionException} when the session can't be stored
   */
  public Uni<Step> next(RoutingContext request) {
    if (!enabled) {
      return failed(Reason.DISABLED);
    }
    audit.follow(request);
    return oidc.authenticate(request, identities)
        .map(Optional::ofNullable)
        .onItemOrFailure()
        .transformToUni(
            (identity, failure) -> {
              if (failure != null) {
                return failed(request, failure);
              }
              return identity.isPresent() ? open(request, identity.get()) : begin(request);
            });
  }

  private Uni<Step> begin(RoutingContext request) {
    if (request.queryParams().contains("state")) {
      // An answer to no question of this browser. Without cookies, a new question would get it,
      // too.
      return failed(Reason.EXPIRED);
    }
    return oidc.getChallenge(request)
        .onItemOrFailure()
        .transformToUni(
            (challenge, failure) -> {
              if (failure != null) {
                return failed(request, failure);
              }
              return challenge.status == FOUND
                  ? Uni.createFrom().item(new Step.ToProvider(location(challenge)))
                  : failed(Reason.EXPIRED);
            });
  }

  private static String location(ChallengeData challenge) {
    return challenge.getHeaders().entrySet().stream()
        .filter(header -> HttpHeaders.LOCATION.toString().contentEquals(header.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private Uni<Step> open(RoutingContext request, SecurityIdentity identity) {
    removeTokens(request);
    Optional<Caller> named = Identities.caller(identity);
    return named.isEmpty()
        ? failed(Reason.NO_ROLE)
        : audit
            .add(request, OPERATION, named.get())
            .chain(written -> threads.run(() -> sessions.open(named.get())))
            .map(Step.Opened::new);
  }

  /** The session takes the place of the tokens; no browser gets them. */
  private static void removeTokens(RoutingContext request) {
    List<String> names =
        request.request().cookies().stream()
            .map(Cookie::getName)
            .filter(name -> name.startsWith(TOKEN_COOKIES))
            .toList();
    names.forEach(name -> request.response().removeCookies(name, false));
  }

  private static Uni<Step> failed(RoutingContext request, Throwable failure) {
    if (request.queryParams().contains("error")) {
      return failed(Reason.REFUSED);
    }
    if (failure instanceof AuthenticationCompletionException && failure.getCause() == null) {
      return failed(Reason.EXPIRED);
    }
    LOG.warnf(
        "Sign-in by the OpenID Connect provider failed, and no session was opened: %s. The person may try again",
        failure.getMessage());
    return failed(Reason.PROVIDER);
  }

  private static Uni<Step> failed(Reason reason) {
    return Uni.createFrom().item(new Step.Failed(reason));
  }
}
