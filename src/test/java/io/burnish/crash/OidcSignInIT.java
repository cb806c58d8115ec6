package io.burnish.crash;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.fixtures.TokenIssuer;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sign-in by an OpenID Connect provider, behind a proxy that ends TLS, over two replicas. */
@Tag("crash")
class OidcSignInIT {

  private static final TokenIssuer ISSUER = new TokenIssuer();

  @RegisterExtension static final Environment STAGE = new Environment();

  private static Map<String, String> settings;

  @BeforeAll
  static void start_the_provider() {
    Map<String, String> issuer = ISSUER.start();
    settings = new HashMap<>();
    settings.put("BURNISH_AUTH", "oidc");
    settings.put("BURNISH_OIDC_ROLE_CLAIM", "burnish.roles");
    settings.put("BURNISH_TRUSTED_PROXIES", "127.0.0.1");
    settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", issuer.get("quarkus.oidc.auth-server-url"));
    settings.put("QUARKUS_OIDC_CLIENT_ID", TokenIssuer.CLIENT);
    settings.put("QUARKUS_OIDC_CREDENTIALS_SECRET", TokenIssuer.SECRET);
  }

  @AfterAll
  static void stop_the_provider() {
    ISSUER.stop();
  }

  @Test
  void begins_at_one_replica_and_ends_at_another() throws Exception {
    Replica one = STAGE.start("a", settings);
    Replica other = STAGE.start("b", settings);

    Response begun = byProxy().get(one.url() + "/page/sign-in/oidc");
    assertThat(begun.statusCode()).isEqualTo(303);
    String asked = begun.header("Location");
    assertThat(asked)
        .startsWith(TokenIssuer.address() + "/authorize?")
        .contains("redirect_uri=https%3A%2F%2Fburnish.example%2Ftools%2Fpage%2Fsign-in%2Foidc");
    String query = asked.substring(asked.indexOf('?') + 1);
    String answered =
        given()
            .redirects()
            .follow(false)
            .urlEncodingEnabled(false)
            .get(
                TokenIssuer.address()
                    + "/login?person=ada&roles=submit&answer=yes&query="
                    + URLEncoder.encode(query, StandardCharsets.UTF_8))
            .header("Location");

    Response ended =
        byProxy()
            .cookies(begun.cookies())
            .urlEncodingEnabled(false)
            .get(other.url() + answered.replace("https://burnish.example/tools", ""));

    assertThat(ended.statusCode()).isEqualTo(200);
    assertThat(ended.headers().getValues("Set-Cookie"))
        .filteredOn(cookie -> cookie.startsWith("burnish-session="))
        .singleElement()
        .asString()
        .contains("Secure", "HttpOnly", "SameSite=Strict");
    String session = ended.cookie("burnish-session");
    for (Replica replica : new Replica[] {one, other}) {
      byProxy()
          .cookie("burnish-session", session)
          .get(replica.url() + "/jobs")
          .then()
          .statusCode(200);
      byProxy()
          .cookie("burnish-session", session)
          .get(replica.url() + "/keys")
          .then()
          .statusCode(403);
    }
    assertThat(one.program().output() + other.program().output())
        .doesNotContain(TokenIssuer.SECRET);
  }

  private static RequestSpecification byProxy() {
    return given()
        .redirects()
        .follow(false)
        .header("X-Forwarded-Host", "burnish.example")
        .header("X-Forwarded-Proto", "https")
        .header("X-Forwarded-Prefix", "/tools");
  }
}
