package io.burnish.observability;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.ApiWithoutWorker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class RequestTagsTest {

  @TestHTTPResource(value = "/metrics", management = true)
  URL metricsAddress;

  private static final int EACH = 40;

  @TestHTTPResource("/")
  URL root;

  @Test
  void unknown_addresses_and_methods_make_no_tags() throws IOException {
    for (int i = 0; i < EACH; i++) {
      send("GET /odd" + i);
      send("GET /odd" + i + "/%zz");
      send("OPTIONS /jobs/odd" + i);
      send("OPTIONS /jobs/odd" + i + "/results");
      send("OPTIONS /tracking/odd" + i);
      send("POST /jobs/odd" + i);
      send("GET /jobs/odd" + i + "?x=1");
      send("GET /jobs/odd" + i + "/failures?x=1");
      send("GET /tracking/odd" + i + "?x=1");
      send("DELETE /models/odd" + i + "/state?x=1");
      send("ODD" + i + " /models");
      send("GET /q/odd" + i);
    }

    String metrics = given().get(metricsAddress).asString();

    assertThat(values(metrics, "uri")).hasSizeLessThan(EACH).noneMatch(uri -> uri.contains("odd"));
    assertThat(values(metrics, "method")).contains("OTHER").noneMatch(m -> m.startsWith("ODD"));
  }

  private static Set<String> values(String metrics, String tag) {
    return Pattern.compile("http_server_requests[a-z_]*\\{[^}]*?\\b%s=\"([^\"]*)\"".formatted(tag))
        .matcher(metrics)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toSet());
  }

  private void send(String line) throws IOException {
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              (line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
    }
  }
}
