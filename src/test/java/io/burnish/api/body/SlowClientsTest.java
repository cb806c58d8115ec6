package io.burnish.api.body;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.NarrowApi;
import io.burnish.intake.body.Spool;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Clients that send or read slowly, or go away. The numbers are small; the large ones are in crash.
 */
@QuarkusTest
@TestProfile(NarrowApi.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class SlowClientsTest {

  private static final Duration LONG = Duration.ofSeconds(120);

  @Inject Spool spool;

  @TestHTTPResource("/jobs")
  URL address;

  @Test
  void stalled_uploads_block_no_thread_and_are_ended() throws IOException {
    List<Socket> stalled = new ArrayList<>();
    for (int i = 0; i < NarrowApi.UPLOADS; i++) {
      stalled.add(stalled("[{\"discount_id\":\"1\"}"));
    }
    try {
      await().atMost(LONG).until(() -> spool.onDisk() > 0);

      given().get("/q/health").then().statusCode(200);
      given().get("/models").then().statusCode(200);

      for (Socket socket : stalled) {
        assertThat(answer(socket)).startsWith("HTTP/1.1 408").contains("burnish.intake.least-rate");
      }
      await().atMost(LONG).until(() -> spool.onDisk() == 0);
      post("[]").then().statusCode(202);
    } finally {
      closeAll(stalled);
    }
  }

  @Test
  void an_upload_above_the_limit_gets_retry_after() throws IOException {
    // Enough bytes to be no slow client in the first period.
    String beginning = "[" + " ".repeat(2_000);
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < NarrowApi.UPLOADS; i++) {
        stalled.add(stalled(beginning));
      }
      await()
          .atMost(LONG)
          .until(() -> spool.onDisk() == NarrowApi.UPLOADS * (long) beginning.length());

      post("[]")
          .then()
          .statusCode(429)
          .contentType("application/problem+json")
          .header("Retry-After", notNullValue())
          .body("detail", containsString("uploads"));
    } finally {
      closeAll(stalled);
    }
    await().atMost(LONG).until(() -> spool.onDisk() == 0);
    post("[]").then().statusCode(202);
  }

  @Test
  void bodies_above_the_disk_limit_are_refused_until_space_is_released() throws IOException {
    ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    try (Socket large = stalled("[" + " ".repeat(18 * 1024 * 1024), 1024 * 1024)) {
      // Fast enough to be no slow client, however long the other one takes.
      sender.scheduleWithFixedDelay(() -> send(large, " ".repeat(512)), 0, 100, MILLISECONDS);
      await().atMost(LONG).until(() -> spool.onDisk() > 16 * 1024 * 1024);

      post("[" + " ".repeat(8 * 1024 * 1024) + "]")
          .then()
          .statusCode(507)
          .header("Retry-After", notNullValue())
          .body("detail", containsString("burnish.intake.max-on-disk"));
    } finally {
      sender.shutdownNow();
    }
    await().atMost(LONG).until(() -> spool.onDisk() == 0);
  }

  private static void send(Socket socket, String characters) {
    try {
      write(socket, characters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_gzip_bomb_is_stopped_at_the_limit_of_decompressed_bytes() throws IOException {
    given()
        .contentType("application/json")
        .header("Content-Encoding", "gzip")
        .body(gzipOfBlanks(32))
        .post("/jobs")
        .then()
        .statusCode(413);
    given()
        .contentType("multipart/form-data; boundary=xx; charset=utf-8")
        .header("Content-Encoding", "gzip")
        .body(gzipOfBlanks(32))
        .post("/jobs")
        .then()
        .statusCode(413);
    await().atMost(LONG).until(() -> spool.onDisk() == 0);
  }

  @Test
  void parts_have_limits_of_number_and_headers() {
    String part =
        "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%d\"\r\n\r\n[]\r\n";
    multipart(
            part.formatted(1)
                + part.formatted(2)
                + part.formatted(3)
                + part.formatted(4)
                + "--xx--\r\n")
        .statusCode(413)
        .body("detail", containsString("burnish.intake.max-files"));
    multipart("--xx\r\nX: " + "a".repeat(20_000) + "\r\n\r\n[]\r\n--xx--\r\n")
        .statusCode(400)
        .body("detail", containsString("headers of a part"));
    multipart(part.formatted(1).replace("Content-Disposition", "X") + "--xx--\r\n").statusCode(400);
    multipart("--xx\nx\r\r\n").statusCode(400).body("detail", containsString("cut off"));
  }

  @Test
  void uploaded_files_keep_their_names() {
    multipart(named("filename=\"q\\\"x.json\""))
        .statusCode(202)
        .body("files[0].name", equalTo("q\"x.json"));
    multipart(named("filename=\"\""))
        .statusCode(422)
        .body("violations[0].message", containsString("must have a name"));
    multipart(named("x=y")).statusCode(202).body("files[0].name", equalTo("file"));
    given()
        .contentType("Multipart/Form-Data; boundary=xx; charset=utf-8")
        .body(named("filename=\"a.json\"").getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(202);
  }

  @Test
  void a_gzip_part_is_refused_with_the_reason() throws IOException {
    given()
        .multiPart("file", "a.json.gz", gzipOfBlanks(1))
        .post("/jobs")
        .then()
        .statusCode(422)
        .body("violations[0].message", containsString("it is gzip; "));
  }

  @Test
  void two_parts_named_job_are_refused() {
    given()
        .multiPart("job", "{}")
        .multiPart("job", "{}")
        .multiPart("file", "a.json", "[]".getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(422)
        .body("violations[0].field", equalTo("job"));
  }

  @Test
  void unread_downloads_are_limited_and_aborted() throws IOException {
    String id = large();
    List<Socket> unread = new ArrayList<>();
    try {
      for (int i = 0; i < NarrowApi.DOWNLOADS; i++) {
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setReceiveBufferSize(4096);
        write(socket, "GET /jobs/" + id + "/failures HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(socket.getInputStream().read()).as("it began").isEqualTo('H');
        unread.add(socket);
      }

      given()
          .get("/jobs/" + id + "/failures")
          .then()
          .statusCode(429)
          .header("Retry-After", notNullValue());
      given().get("/q/health").then().statusCode(200);

      await()
          .atMost(LONG)
          .until(() -> given().get("/jobs/" + id + "/failures").statusCode() == 200);
    } finally {
      closeAll(unread);
    }
  }

  /** A job of 18 MB of failures, twice what connections buffer: records that are too large. */
  private static String large() {
    StringBuilder lines = new StringBuilder();
    String text = "x".repeat(600_000);
    for (int i = 0; i < 30; i++) {
      lines.append("{\"image_link\":\"").append(text).append("\"}\n");
    }
    return given()
        .contentType("application/x-ndjson; charset=utf-8")
        .body(lines.toString().getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static String named(String fileName) {
    return "--xx\r\nContent-Disposition: form-data; name=\"file\"; %s\r\n\r\n%s\r\n--xx--\r\n"
        .formatted(fileName, Discounts.list(Discounts.readable("1")));
  }

  private static io.restassured.response.ValidatableResponse multipart(String body) {
    return given()
        .contentType("multipart/form-data; boundary=xx; charset=utf-8")
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then();
  }

  private static io.restassured.response.Response post(String body) {
    return given()
        .contentType("application/json")
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/jobs");
  }

  private static byte[] gzipOfBlanks(int megabytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      byte[] blanks = " ".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < megabytes; i++) {
        gzip.write(blanks);
      }
    }
    return bytes.toByteArray();
  }

  /** An upload that says it is longer than what comes. */
  private Socket stalled(String beginning) throws IOException {
    return stalled(beginning, 100);
  }

  /** A client that has sent all but the last characters. */
  private Socket stalled(String beginning, int unsent) throws IOException {
    Socket socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout((int) LONG.toMillis());
    write(
        socket,
        "POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(beginning.length() + unsent, beginning));
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void closeAll(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
