package io.burnish.page;

import io.burnish.access.caller.AccessConfig;
import io.burnish.access.caller.AuthMode;
import io.burnish.access.caller.Caller;
import io.burnish.access.caller.Identities;
import io.burnish.access.caller.Role;
import io.burnish.access.oidc.OidcSignIn;
import io.burnish.access.session.SessionCookie;
import io.burnish.database.DatabaseException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.AuthenticationException;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestPath;

/**
 * The pages, below {@code /page}. Each answer is the same document, which names the view; a caller
 * without a role is sent to the sign-in page. Addresses in it are relative to its base, so that it
 * works below any prefix of a proxy.
 */
@Path("/page")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class PageResource {

  private static final String SIGN_IN = "sign-in";

  private final AccessConfig access;
  private final OidcSignIn oidc;
  private final String provider;

  PageResource(
      AccessConfig access,
      OidcSignIn oidc,
      @ConfigProperty(name = "burnish.provider.kind") String provider) {
    this.access = access;
    this.oidc = oidc;
    this.provider = provider;
  }

  /** The templates. */
  @CheckedTemplate(basePath = "page")
  static class Templates {

    private Templates() {}

    static native TemplateInstance document(Document document);
  }

  /** Pages that every role may read. */
  @GET
  @Path("{view:overview|jobs|models}")
  public Uni<Response> list(@Context RoutingContext request, @RestPath String view) {
    return page(request, view, Role.READ);
  }

  /** Lists for administrators. */
  @GET
  @Path("{view:keys|audit}")
  public Uni<Response> adminList(@Context RoutingContext request, @RestPath String view) {
    return page(request, view, Role.ADMIN);
  }

  /** One job. */
  @GET
  @Path("jobs/{id}")
  public Uni<Response> job(@Context RoutingContext request) {
    return page(request, "job", Role.READ);
  }

  /** One record of a job. */
  @GET
  @Path("jobs/{id}/items/{seq:\\d+}")
  public Uni<Response> record(@Context RoutingContext request) {
    return page(request, "record", Role.READ);
  }

  /** The sign-in page, for everybody. */
  @GET
  @Path(SIGN_IN)
  public Uni<Response> signIn(@Context RoutingContext request) {
    return caller(request)
        .map(
            caller ->
                access.auth() == AuthMode.NONE
                    ? redirect(base(request))
                    : document(request, 200, SIGN_IN, caller));
  }

  /** Signs in by the OpenID Connect provider: leads to it, and is where it leads back to. */
  @GET
  @Path(SIGN_IN + "/oidc")
  public Uni<Response> signInByProvider(@Context RoutingContext request) {
    return oidc.next(request)
        .map(step -> answer(request, step))
        .onFailure(PageResource::isTransient)
        .recoverWithItem(() -> document(request, 503, Document.UNAVAILABLE, Optional.empty()));
  }

  private Response answer(RoutingContext request, OidcSignIn.Step step) {
    if (step instanceof OidcSignIn.Step.ToProvider provider) {
      return redirect(provider.address());
    }
    if (step instanceof OidcSignIn.Step.Opened session) {
      // A redirect would come from the other site, and so without the cookie.
      SessionCookie.add(request, session.id());
      return document(request, 200, Document.SIGNED_IN, Optional.empty());
    }
    OidcSignIn.Reason reason = ((OidcSignIn.Step.Failed) step).reason();
    return redirect(base(request) + "page/" + SIGN_IN + "?failed=" + reason.word());
  }

  private Uni<Response> page(RoutingContext request, String view, Role needed) {
    return caller(request)
        .map(
            caller -> {
              if (caller.isEmpty()) {
                return redirect(base(request) + "page/" + SIGN_IN + "?to=" + address(request));
              }
              return caller.get().role().compareTo(needed) < 0
                  ? document(request, 403, Document.FORBIDDEN, caller)
                  : document(request, 200, view, caller);
            })
        .onFailure(PageResource::isTransient)
        .recoverWithItem(() -> document(request, 503, Document.UNAVAILABLE, Optional.empty()));
  }

  private static Uni<Optional<Caller>> caller(RoutingContext request) {
    // It would fail the request, with an answer of the framework.
    request.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
    return QuarkusHttpUser.getSecurityIdentity(request, null)
        .map(identity -> Optional.ofNullable(identity).flatMap(Identities::caller))
        .onFailure(failure -> failure instanceof AuthenticationException)
        .recoverWithItem(Optional.empty());
  }

  /** The database is unavailable, or too many callers wait for it. */
  private static boolean isTransient(Throwable failure) {
    return failure instanceof RejectedExecutionException || DatabaseException.isTransient(failure);
  }

  private Response document(
      RoutingContext request, int status, String view, Optional<Caller> caller) {
    return Response.status(status)
        .entity(
            Templates.document(
                Document.of(
                    base(request),
                    view,
                    provider,
                    access.auth(),
                    oidc.isEnabled(),
                    caller,
                    request)))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static Response redirect(String address) {
    return Response.status(Response.Status.SEE_OTHER)
        .header(HttpHeaders.LOCATION, address)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** The way from the address of the request to the root of the service. */
  private static String base(RoutingContext request) {
    int directories = (int) request.normalizedPath().chars().filter(c -> c == '/').count() - 1;
    return "../".repeat(directories);
  }

  /** Path and query of the request, below the root of the service. */
  private static String address(RoutingContext request) {
    String query = request.request().query();
    String path = request.normalizedPath().substring(1) + (query == null ? "" : "?" + query);
    return URLEncoder.encode(path, StandardCharsets.UTF_8);
  }
}
