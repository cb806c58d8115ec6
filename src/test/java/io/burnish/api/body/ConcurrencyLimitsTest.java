package io.burnish.api.body;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Discounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Many clients that stall at the same time, with the defaults of all limits (S1-7). With {@code
 * -Pcrash} only: {@link SlowClientsTest} has the same in small.
 */
@QuarkusTest
@EnabledIfSystemProperty(named = "crowd", matches = "true")
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ConcurrencyLimitsTest {

  private static final int UPLOADS = 250;
  private static final int DOWNLOADS = 260;
  private static final int DOWNLOADS_AT_ONCE = 16;
  private static final Duration LONG = Duration.ofSeconds(120);

  @TestHTTPResource("/jobs")
  URL address;

  private final List<Socket> sockets = new ArrayList<>();

  @Test
  void stalled_uploads_and_unread_downloads_stop_neither_health_nor_a_job() throws IOException {
    String large = largeJob();
    try {
      for (int i = 0; i < UPLOADS; i++) {
        open(
            "POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n[");
      }
      List<Socket> downloads = new ArrayList<>();
      for (int i = 0; i < DOWNLOADS; i++) {
        downloads.add(open("GET /jobs/" + large + "/failures HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      }
      String job = post(Discounts.list(Discounts.readable("beside-a-crowd")));

      isHealthy();
      List<String> statuses = new ArrayList<>();
      for (Socket socket : downloads) {
        statuses.add(status(socket));
      }
      assertThat(statuses).filteredOn("200"::equals).hasSize(DOWNLOADS_AT_ONCE);
      assertThat(statuses).filteredOn("429"::equals).hasSize(DOWNLOADS - DOWNLOADS_AT_ONCE);
      await()
          .atMost(LONG)
          .until(() -> given().get("/jobs/" + job).path("state").equals("completed"));
      isHealthy();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    await()
        .atMost(LONG)
        .until(() -> given().get("/jobs/" + large + "/failures").statusCode() == 200);
  }

  private static void isHealthy() {
    Stream.of("/q/health/live", "/q/health/ready")
        .forEach(path -> given().get(path).then().statusCode(200));
  }

  private Socket open(String request) throws IOException {
    Socket socket = new Socket(address.getHost(), address.getPort());
    sockets.add(socket);
    socket.setSoTimeout((int) LONG.toMillis());
    socket.setReceiveBufferSize(4096);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String status(Socket socket) throws IOException {
    byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    return new String(line, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length());
  }

  /** Some 24 MB of failures, which no connection buffers. */
  private static String largeJob() {
    String line = "{\"image_link\":\"" + "x".repeat(10_000) + "\"}\n";
    return posted("application/x-ndjson; charset=utf-8", line.repeat(2_400));
  }

  private static String post(String body) {
    return posted("application/json; charset=utf-8", body);
  }

  private static String posted(String type, String body) {
    return given()
        .contentType(type)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }
}
