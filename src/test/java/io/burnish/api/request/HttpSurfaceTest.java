package io.burnish.api.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.api.problem.Problem;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.ApiWithoutWorker;
import io.burnish.fixtures.HttpAnswer;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send that is not as it should be, byte by byte, and what they are told. */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class HttpSurfaceTest {

  /** Of an address that does not say otherwise, in bytes. */
  static final int LARGEST_BODY = 32 * 1024 * 1024;

  private static final int MILLIS = 20_000;

  @TestHTTPResource("/")
  URL root;

  /** The head in lower case, and the body. */
  private record Answer(int status, String head, String body) {

    JsonNode problem() {
      assertThat(head).contains("content-type: application/problem+json");
      JsonNode problem = RecordJson.read(body);
      assertThat(problem.path("status").asInt()).isEqualTo(status);
      assertThat(problem.path("type").asText()).startsWith("urn:burnish:problem:");
      assertThat(problem.path("title").asText()).isEqualTo(Problem.reasonPhrase(status));
      assertThat(body)
          .doesNotContain("Exception", "RESTEASY", "io.vertx", "jakarta", "stack", "Error id");
      return problem;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /jobs;a=b | 400 | the address has a ; before its query",
        "GET /jobs/%zz | 400 | the address is not well formed",
        "GET /jobs/{a} | 400 | the address is not well formed",
        "GET /tracking/%ff | 400 | the address is not well formed",
        "GET /tracking/%c0%af | 400 | the address is not well formed",
        "GET /models?x=% | 400 | the address is not well formed",
        "GET /models?x=%ed%a0%80 | 400 | the address is not well formed",
        "GET /nope | 404 | no resource",
        "GET /q/nope | 404 | no resource",
        "FOO /nope | 404 | no resource",
        "OPTIONS /nope | 404 | no resource",
        "GET /tracking/%00 | 404 | is not tracked",
        "GET /jobs/nope | 404 | removed it after 30 days",
        "GET /jobs/x%0Aforged | 404 | there is no job x\\nforged",
        "DELETE /models/none/state | 404 | GET /models shows the names",
        "DELETE /jobs | 405 | GET, HEAD, OPTIONS, POST",
        "FOO /models | 405 | GET, HEAD, OPTIONS",
        "POST /tracking/state | 405 | GET, HEAD, OPTIONS, PUT",
        "DELETE /tracking?key= | 422 | key: is empty",
        "DELETE /tracking?=x | 422 | a value without a name",
        "DELETE /tracking?= | 422 | a value without a name",
        "DELETE /tracking?key | 422 | key: is empty",
        "DELETE /tracking?state= | 422 | state: is empty",
        "DELETE /tracking?profile= | 422 | profile: is empty",
        "DELETE /tracking?key=%00 | 422 | U+0000",
        "DELETE /tracking?KEY=a | 422 | known are profile, state, key",
        "DELETE /tracking?key=a&KEY=b | 422 | may be given once",
        "DELETE /tracking?state=zzz | 422 | known are processed, failed",
        "GET /models?x=1 | 422 | is not a parameter",
        "GET /tracking/state?x=1 | 422 | is not a parameter",
        "GET /tracking?x=1 | 422 | is not a parameter",
        "GET /jobs/x?waits=1 | 422 | known are wait",
        "GET /jobs/x/results?limit=1 | 422 | known are file",
        "GET /jobs/x/results?file= | 422 | file: is empty",
        "GET /jobs/x/failures?format=zzz | 422 | known is records",
        "POST /jobs?mode=store&dryrun=true | 422 | a dry run is dryRun=true. Nothing was stored",
        "POST /jobs?mode=store | 422 | mode: is not a parameter",
        "POST /jobs?priority=low | 422 | priority: is not a parameter",
        "POST /jobs?dry_run | 422 | a dry run is dryRun=true",
        "POST /jobs?DRY-RUN=true | 422 | a dry run is dryRun=true",
        "POST /jobs?dryRun= | 422 | dryRun: is empty",
        "GET /jobs/x?dryRun=true | 422 | a dry run is POST /jobs?dryRun=true",
      })
  void a_refusal_is_a_problem_with_our_text(String line, int status, String words)
      throws IOException {
    Answer answer = send(line + " HTTP/1.1", "Host: localhost", "Content-Length: 0");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.problem().path("detail").asText()).contains(words);
    if (status == 405) {
      assertThat(answer.head()).contains("allow: " + words.toLowerCase(Locale.ROOT) + "\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/jobs | GET, HEAD, OPTIONS, POST",
        "/jobs/x | DELETE, GET, HEAD, OPTIONS, PATCH",
        "/jobs/x/results | GET, HEAD, OPTIONS",
        "/models | GET, HEAD, OPTIONS",
        "/models/a/b/state | DELETE, OPTIONS",
        "/tracking | DELETE, GET, HEAD, OPTIONS",
        "/tracking/x | GET, HEAD, OPTIONS",
        "/tracking/state | GET, HEAD, OPTIONS, PUT",
      })
  void options_names_the_methods_of_the_address(String path, String allow) throws IOException {
    Answer answer = send("OPTIONS " + path + " HTTP/1.1", "Host: localhost");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.head()).contains("allow: " + allow.toLowerCase(Locale.ROOT) + "\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Type: garbage | 415 | not a media type",
        "Content-Type: | 415 | not a media type",
        "Content-Type: text/plain | 415 | application/x-ndjson",
        "Content-Type: application/json; charset=iso-8859-1 | 415 | charset=iso-8859-1",
        "Content-Encoding: br | 415 | Content-Encoding is not gzip",
        "Accept: text/plain | 406 | application/json",
        "Accept: application/json; charset=utf-16 | 406 | UTF-8",
        "Accept: garbage | 406 | not a list of media types",
        "Transfer-Encoding: foo | 400 | Transfer-Encoding must be chunked",
      })
  void an_invalid_header_is_named(String header, int status, String words) throws IOException {
    String other = header.startsWith("Content-Type") ? "X: y" : "Content-Type: application/json";
    Answer answer =
        send("POST /jobs HTTP/1.1", "Host: localhost", other, header, "Content-Length: 0");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.problem().path("detail").asText()).contains(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json/json", "garbage", "", ";"})
  void content_type_is_ignored_where_there_is_no_body(String type) throws IOException {
    String id = Api.post("[]");

    for (String path : List.of("/jobs/" + id, "/jobs/" + id + "/results", "/models")) {
      assertThat(
              send("GET " + path + " HTTP/1.1", "Host: localhost", "Content-Type: " + type)
                  .status())
          .as(path)
          .isEqualTo(200);
    }
  }

  @Test
  void the_key_is_given_once() throws IOException {
    Answer answer =
        send(
            "POST /jobs HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "Idempotency-Key: a",
            "Idempotency-Key: b",
            "Content-Length: 0");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem().at("/violations/0/field").asText()).isEqualTo("Idempotency-Key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: y", "Host: a b", "Host: "})
  void a_request_without_a_host_is_refused(String host) throws IOException {
    Answer answer = send("GET /models HTTP/1.1", host);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem().path("detail").asText()).contains("Host");
  }

  @Test
  void a_refusal_of_a_long_request_names_the_limit() throws IOException {
    Answer address = send("GET /jobs/" + "a".repeat(20_000) + " HTTP/1.1", "Host: localhost");
    Answer headers = send("GET /models HTTP/1.1", "Host: localhost", "X: " + "a".repeat(30_000));

    assertThat(address.status()).isEqualTo(414);
    assertThat(address.problem().path("detail").asText()).contains("8,192 characters");
    assertThat(headers.status()).isEqualTo(431);
    assertThat(headers.problem().path("detail").asText()).contains("20,480 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /jobs",
        "GET /nowhere",
        "GET /jobs?x=1",
        "POST /jobs/nonsense/resume",
        "GET /jobs/%zz",
        "GET /q/health"
      })
  void no_answer_of_the_api_is_compressed(String line) throws IOException {
    Answer answer = send(line + " HTTP/1.1", "Host: localhost", "Accept-Encoding: gzip");

    assertThat(answer.head()).doesNotContain("gzip");
    // A long one comes in chunks, each with its length before it.
    assertThat(answer.body()).matches("(?s)([0-9a-f]+\\r\\n)?\\{.*");
  }

  @Test
  void the_weight_of_a_media_type_is_not_in_the_response() throws IOException {
    String id = Api.post("[]");

    for (String accept : List.of("application/*", "application/json;q=0.9;charset=utf-8", "")) {
      Answer answer =
          send("GET /jobs/" + id + "/results HTTP/1.1", "Host: localhost", "Accept: " + accept);
      assertThat(answer.head()).contains("content-type: application/json;charset=utf-8\r\n");
    }
    assertThat(
            send(
                    "GET /jobs/" + id + " HTTP/1.1",
                    "Host: localhost",
                    "Accept: application/json;q=0,*/*")
                .head())
        .contains("content-type: text/plain;charset=utf-8\r\n");
  }

  @Test
  void a_state_file_may_be_gzip_and_problems_speak_of_state_files() throws IOException {
    given()
        .contentType("application/json")
        .header("Content-Encoding", "gzip")
        .body(packed("{\"processed_discounts\":[\"surface-1\"]}"))
        .put("/tracking/state")
        .then()
        .statusCode(200);

    Answer wrongCharset =
        send(
            "PUT /tracking/state HTTP/1.1",
            "Host: localhost",
            "Content-Type: text/plain;charset=latin1",
            "Content-Length: 0");
    HttpAnswer tooLarge;
    try (Socket socket =
        opened("PUT /tracking/state HTTP/1.1", "Host: localhost", "Content-Length: 40000000")) {
      tooLarge = HttpAnswer.read(socket.getInputStream());
    }
    String bomb =
        given()
            .contentType("application/json")
            .header("Content-Encoding", "gzip")
            .body(packed(" ".repeat(LARGEST_BODY + 1)))
            .put("/tracking/state")
            .then()
            .statusCode(413)
            .extract()
            .asString();
    String broken =
        given()
            .contentType("application/json")
            .header("Content-Encoding", "gzip")
            .body("{}")
            .put("/tracking/state")
            .then()
            .statusCode(400)
            .extract()
            .asString();

    assertThat(wrongCharset.status()).isEqualTo(415);
    assertThat(wrongCharset.body()).contains("charset=latin1", "groq_tracking_state.json");
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.body() + bomb).doesNotContain("jobs");
    assertThat(bomb).contains("a state file may have");
    assertThat(broken).contains("is not the gzip that Content-Encoding says");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Prefix: /evil",
        "X-Forwarded-Port: 1",
        "Forwarded: host=evil.example;proto=https",
        "X-Forwarded-Host: \"",
        "X-Original-URL: /evil",
      })
  void headers_of_a_proxy_are_ignored_unless_one_is_configured(String header) throws IOException {
    Answer posted =
        send(
            "POST /jobs HTTP/1.1",
            "Host: localhost",
            header,
            "Content-Type: application/x-ndjson",
            "Content-Length: 0");

    assertThat(posted.status()).isEqualTo(202);
    assertThat(posted.head()).contains("location: http://localhost/jobs/");
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example, , Host",
    "127.0.0.1.evil.example, , Host",
    "localhost, https://evil.example, Origin",
    "localhost, http://localhost:3000, Origin",
    "localhost, null, Origin",
    "localhost, http://localhost.evil.example, Origin",
  })
  void without_keys_a_service_on_this_machine_refuses_what_foreign_pages_send(
      String host, String origin, String header) throws IOException {
    Answer form =
        send(
            "POST /jobs HTTP/1.1",
            "Host: " + host,
            "Content-Type: multipart/form-data; boundary=b",
            origin == null ? "X: y" : "Origin: " + origin,
            "Content-Length: 0");

    assertThat(form.status()).isEqualTo(403);
    assertThat(form.problem().path("type").asText()).isEqualTo("urn:burnish:problem:forbidden");
    assertThat(form.problem().path("detail").asText()).contains("the header " + header);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080", "127.8.8.8"})
  void names_of_this_machine_are_its_own_with_any_port(String host) throws IOException {
    assertThat(send("GET /models HTTP/1.1", "Host: " + host, "Origin: http://" + host).status())
        .isEqualTo(200);
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  /** Sends a head as it stands, without a body, and reads the answer to its end. */
  private Answer send(String... head) throws IOException {
    try (Socket socket = opened(head)) {
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      assertThat(end).as(answer).isPositive();
      return new Answer(
          Integer.parseInt(answer.split(" ")[1]),
          answer.substring(0, end + 2).toLowerCase(Locale.ROOT),
          answer.substring(end + 4));
    }
  }

  private Socket opened(String... head) throws IOException {
    Socket socket = new Socket(root.getHost(), root.getPort());
    socket.setSoTimeout(MILLIS);
    socket
        .getOutputStream()
        .write(
            (String.join("\r\n", head) + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }
}
