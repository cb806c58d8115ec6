package io.burnish.page;

import io.burnish.access.caller.AuthMode;
import io.burnish.access.caller.Caller;
import io.burnish.access.session.SessionRequest;
import io.burnish.access.session.SessionToken;
import io.quarkus.qute.TemplateData;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * What the document of a page says to its modules.
 *
 * @param base address of the root of the service, relative to the page
 * @param view name of the module that shows the page
 * @param provider {@code groq}, or {@code simulated} when no model is called
 * @param auth how callers identify themselves
 * @param role of the caller; empty: not signed in
 * @param who name of the caller; empty: not signed in
 * @param token sent with each change, if there is a session; else empty
 * @param oidc whether people can sign in by an OpenID Connect provider
 */
@TemplateData
record Document(
    String base,
    String view,
    String provider,
    String auth,
    String role,
    String who,
    String token,
    boolean oidc) {

  /** View of a page that the caller's role does not allow. */
  static final String FORBIDDEN = "forbidden";

  /** View in place of any page while the caller can't be identified. */
  static final String UNAVAILABLE = "unavailable";

  /** View at the end of a sign-in by a provider; it leads on. */
  static final String SIGNED_IN = "signed-in";

  /** Whether the view draws plots. */
  public boolean hasPlots() {
    return view.equals("overview") || view.equals("job");
  }

  /** The module to load early; the frame shows refusals without a module of their own. */
  public String module() {
    return view.equals(FORBIDDEN) || view.equals(UNAVAILABLE) ? "main" : view;
  }

  static Document of(
      String base,
      String view,
      String provider,
      AuthMode auth,
      boolean oidc,
      Optional<Caller> caller,
      RoutingContext request) {
    return new Document(
        base,
        view,
        provider,
        auth.word(),
        caller.map(known -> known.role().word()).orElse(""),
        caller.map(Caller::name).orElse(""),
        caller
            .flatMap(known -> SessionRequest.of(request))
            .map(session -> SessionToken.of(session.id()))
            .orElse(""),
        oidc);
  }
}
