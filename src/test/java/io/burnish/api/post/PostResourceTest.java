package io.burnish.api.post;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.ApiWithoutWorker;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.HttpAnswer;
import io.burnish.fixtures.Statements;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can be posted, and how the rest is refused. No worker runs. */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class PostResourceTest {

  /** REST Assured says ISO-8859-1 of lines, unless it is told otherwise. */
  @BeforeAll
  static void text_is_utf_8() {
    RestAssured.config =
        RestAssured.config()
            .encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset("UTF-8"));
  }

  private static final String LINES = "application/x-ndjson";
  private static final Path SPOOL = ApiWithoutWorker.SPOOL;
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  @Inject Sql sql;

  @TestHTTPResource("/jobs")
  URL address;

  @AfterEach
  void no_body_is_left_behind() throws IOException {
    until(() -> leftBehind().isEmpty());
    if (Files.isDirectory(OPEN_FILES)) {
      until(() -> openBodies() == 0);
    }
  }

  private static void until(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).until(condition);
  }

  private static List<Path> leftBehind() throws IOException {
    try (Stream<Path> left = Files.list(SPOOL)) {
      return left.filter(file -> !file.endsWith(".in-use")).toList();
    }
  }

  /** The service runs in this process: its open files are ours. */
  private static long openBodies() throws IOException {
    try (Stream<Path> files = Files.list(OPEN_FILES)) {
      return files.filter(PostResourceTest::isBody).count();
    }
  }

  private static boolean isBody(Path file) {
    try {
      String target = Files.readSymbolicLink(file).toString();
      return target.contains(SPOOL.getFileName().toString()) && !target.endsWith(".in-use");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  @Test
  void ndjson_with_options_in_the_query() {
    String body =
        "\n%s\r\n  \n%s\n5"
            .formatted(
                RecordJson.write(Discounts.readable("1")), RecordJson.write(Discounts.empty("2")));

    String id =
        given()
            .contentType(LINES)
            .queryParam("name", "שורות")
            .queryParam("dedupe", "none")
            .queryParam("rulesOff", "price_not_in_source,price_out_of_range")
            .body(body.getBytes(StandardCharsets.UTF_8))
            .post("/jobs")
            .then()
            .statusCode(202)
            .body("name", equalTo("שורות"))
            .body("counts.total", equalTo(3))
            .body("counts.failed", equalTo(2))
            .body("counts.pending", equalTo(1))
            .extract()
            .path("id");

    assertThat(Api.get(id, "/failures?format=records").getList("$")).hasSize(2).contains(5);
  }

  @Test
  void a_malformed_line_refuses_the_whole_body_and_is_named() {
    int before = jobs();

    given()
        .contentType(LINES)
        .body("{\"a\":1}\n\n{\"title\":\"שלום\" oops}\n".getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("line", equalTo(3))
        .body("column", equalTo(17))
        .body("detail", containsString("unexpected 'o'"));
    given()
        .contentType(LINES)
        .body("{\"a\":1} {\"b\":2}".getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(400)
        .body("line", equalTo(1))
        .body("column", equalTo(9))
        .body("detail", containsString("one value"));

    assertThat(jobs()).isEqualTo(before);
  }

  @Test
  void every_error_in_the_query_is_listed() {
    given()
        .contentType(LINES)
        .queryParam("mode", "enrich")
        .queryParam("dedup", "none")
        .queryParam("retryFailed", "perhaps")
        .body("{}".getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(422)
        .body("violations.field", hasItem("mode"))
        .body("violations.field", hasItem("dedup"))
        .body("violations.field", hasItem("options.retryFailed"));
  }

  @Test
  void any_kind_of_body_may_have_a_priority_and_the_default_is_normal() {
    String records = Discounts.list(Discounts.readable("1"));

    given()
        .contentType("application/json")
        .body("{\"options\":{\"priority\":\"low\"},\"records\":%s}".formatted(records))
        .post("/jobs")
        .then()
        .statusCode(202)
        .body("priority", equalTo("low"));
    given()
        .contentType(LINES)
        .queryParam("priority", "high")
        .body("{}".getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(202)
        .body("priority", equalTo("high"));
    given()
        .multiPart("file", "a.json", records.getBytes(StandardCharsets.UTF_8))
        .multiPart("job", "{\"options\":{\"priority\":\"high\"}}", "application/json")
        .post("/jobs")
        .then()
        .statusCode(202)
        .body("priority", equalTo("high"));
    assertThat(Api.job(Api.post(records)).getString("priority")).isEqualTo("normal");
  }

  @Test
  void an_unknown_priority_is_refused_with_the_known_ones() {
    for (String wrong : List.of("\"urgent\"", "9", "null", "\"HIGH\"", "{}")) {
      given()
          .contentType("application/json")
          .body("{\"options\":{\"priority\":%s},\"records\":[{}]}".formatted(wrong))
          .post("/jobs")
          .then()
          .statusCode(422)
          .contentType("application/problem+json")
          .body("violations.field", equalTo(List.of("options.priority")))
          .body("violations[0].message", equalTo("must be \"low\", \"normal\" or \"high\""));
    }
  }

  @Test
  void a_malformed_ndjson_upload_is_rejected_alone() {
    given()
        .multiPart("file", "good.ndjson", "{\"a\":1}\n{\"a\":2}".getBytes(StandardCharsets.UTF_8))
        .multiPart("file", "broken.jsonl", "{\"a\":1}\n{\"a\":".getBytes(StandardCharsets.UTF_8))
        .multiPart("file", "list.json", "[{\"a\":1}]".getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(202)
        .body("files.state", equalTo(List.of("accepted", "rejected", "accepted")))
        .body("files.counts.total", equalTo(List.of(2, 0, 1)))
        .body("files[1].error", containsString("line 2, column 6"))
        .body("counts.total", equalTo(3));
  }

  @Test
  void an_unknown_part_and_a_body_that_is_no_multipart_are_named() {
    given()
        .multiPart("fils", "a.json", "[]".getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(422)
        .body("violations.field", equalTo(List.of("fils")));
    given()
        .contentType("multipart/form-data; boundary=xx")
        .body(
            "--xx\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n[]"
                .getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(400)
        .body("detail", containsString("was it cut off?"));
  }

  @Test
  void options_may_follow_the_records() {
    given()
        .contentType("application/json")
        .body(
            "{\"records\":%s,\"options\":{\"dedupe\":\"none\"},\"mode\":\"store\",\"name\":\"late\"}"
                .formatted(Discounts.list(Discounts.readable("1"))))
        .post("/jobs")
        .then()
        .statusCode(202)
        .body("name", equalTo("late"))
        .body("mode", equalTo("store"))
        .body("state", equalTo("completed"))
        .body("counts.failed", equalTo(1));
  }

  @Test
  void records_given_twice_are_refused() {
    given()
        .contentType("application/json")
        .body("{\"records\":[{}],\"records\":[{}]}")
        .post("/jobs")
        .then()
        .statusCode(422)
        .body("violations.message", hasItem(containsString("is given twice, again at line 1")));
  }

  @Test
  void all_of_twenty_thousand_records_are_counted_and_kept_in_order() {
    String body =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "{\"discount_id\":\"%d\",\"x\":  \"ש\\u05d1\"}".formatted(i))
            .collect(Collectors.joining(",\n", "[", "]"));

    String id = Api.post(body);

    assertThat(Api.job(id).getInt("counts.total")).isEqualTo(20_000);
    assertThat(Api.job(id).getInt("counts.failed")).isEqualTo(20_000);
    JsonPath records = Api.get(id, "/failures?format=records");
    assertThat(records.getList("discount_id", String.class))
        .isEqualTo(IntStream.range(0, 20_000).mapToObj(String::valueOf).toList());
    assertThat(payload(id, 19_999)).isEqualTo("{\"discount_id\":\"19999\",\"x\":\"שב\"}");
  }

  @Test
  void gzip_bodies_of_each_type_are_decompressed() {
    String list = Discounts.list(Discounts.readable("1"), Discounts.readable("2"));

    packed(list)
        .contentType("application/json")
        .post("/jobs")
        .then()
        .statusCode(202)
        .body("counts.total", equalTo(2));
    packed("{\"a\":1}\n{\"a\":2}")
        .contentType(LINES)
        .post("/jobs")
        .then()
        .statusCode(202)
        .body("counts.total", equalTo(2));
    packed(
            "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n%s\r\n--xx--\r\n"
                .formatted(list))
        .contentType("multipart/form-data; boundary=xx")
        .post("/jobs")
        .then()
        .statusCode(202)
        .body("files.name", equalTo(List.of("a.json")))
        .body("counts.total", equalTo(2));
  }

  @Test
  void a_text_part_in_another_charset_is_refused() {
    String part =
        "--xx\r\nContent-Disposition: form-data; name=\"job\"\r\n%s\r\n{\"name\":\"\u00e9\"}\r\n--xx--\r\n";
    for (String type :
        List.of(
            "",
            "Content-Type: text/plain\r\n",
            "Content-Type: text/plain; charset=iso-8859-1\r\n",
            "Content-Type: text/plain; charset=zzz\r\n")) {
      given()
          .contentType("multipart/form-data; boundary=xx")
          .body(part.formatted(type).getBytes(StandardCharsets.ISO_8859_1))
          .post("/jobs")
          .then()
          .statusCode(400)
          .body("detail", containsString("UTF-8"));
    }
  }

  @Test
  void a_body_that_does_not_match_its_encoding_is_refused() {
    given()
        .contentType("application/json")
        .header("Content-Encoding", "gzip")
        .body("[]".getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(400)
        .body("detail", containsString("gzip"));
    byte[] whole = gzip("[" + "1,".repeat(5_000) + "1]");
    byte[] half = java.util.Arrays.copyOf(whole, whole.length - 12);
    given()
        .contentType("application/json")
        .header("Content-Encoding", "gzip")
        .body(half)
        .post("/jobs")
        .then()
        .statusCode(400)
        .body("detail", containsString("cut off"));
    given()
        .contentType("application/json")
        .header("Content-Encoding", "br")
        .body("[]".getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(415)
        .body("detail", containsString("gzip"));
  }

  @Test
  void a_gzip_bomb_is_refused_before_it_fills_the_disk() {
    byte[] bomb = gzip("[" + " ".repeat(30 * 1024 * 1024) + "]");
    assertThat(bomb).hasSizeLessThan(100_000);

    given()
        .contentType("application/json")
        .header("Content-Encoding", "gzip")
        .body(bomb)
        .post("/jobs")
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body("type", endsWith(":too-large"))
        .body("detail", containsString("20,971,520 bytes"));
  }

  @Test
  void a_body_that_says_beforehand_that_it_is_too_large_is_refused_at_once() throws IOException {
    assertTooLarge(
        spoken(
            "POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n"));
  }

  @Test
  void a_body_that_turns_out_to_be_too_large_is_refused_while_it_comes() throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.UTF_8));
      byte[] chunk =
          ("100000\r\n" + " ".repeat(1024 * 1024) + "\r\n").getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 21; i++) {
        out.write(chunk);
      }
      out.flush();

      assertTooLarge(HttpAnswer.read(socket.getInputStream()));
    }
  }

  private static void assertTooLarge(HttpAnswer answer) {
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.head()).contains("application/problem+json");
    assertThat(answer.body()).contains("20,971,520 bytes");
  }

  @Test
  void a_client_that_disconnects_leaves_nothing() throws Exception {
    assumeTrue(Files.isDirectory(OPEN_FILES), "only Linux shows which files are open");
    int before = jobs();

    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
                  + "[{\"discount_id\":\"1\"}]")
              .getBytes(StandardCharsets.UTF_8));
      out.flush();
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> openBodies() == 1);
    }

    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> openBodies() == 0);
    assertThat(jobs()).isEqualTo(before);
  }

  @Test
  void the_same_key_and_body_make_one_job() {
    String key = UUID.randomUUID().toString();
    String body = Discounts.list(Discounts.readable("1"));

    String first = keyed(key, body).statusCode(202).extract().path("id");
    String second =
        keyed(key, body)
            .statusCode(202)
            .header("Location", containsString(first))
            .extract()
            .path("id");

    assertThat(second).isEqualTo(first);
    assertThat(Api.job(first).getInt("counts.total")).isEqualTo(1);
  }

  @Test
  void the_same_key_for_another_body_is_refused() {
    String key = UUID.randomUUID().toString();
    keyed(key, Discounts.list(Discounts.readable("1"))).statusCode(202);
    int before = jobs();

    keyed(key, Discounts.list(Discounts.readable("1")))
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", endsWith(":idempotency-key-reused"))
        .body("detail", containsString(key));

    assertThat(jobs()).isEqualTo(before);
    keyed("two words", "[]").statusCode(422).body("violations.field", hasItem("Idempotency-Key"));
  }

  @Test
  void the_query_is_part_of_the_posted_content_and_a_boundary_is_not() {
    String key = UUID.randomUUID().toString();
    for (int code : new int[] {202, 422}) {
      given()
          .contentType(LINES)
          .header("Idempotency-Key", key)
          .queryParam("name", "answered " + code)
          .body("{}".getBytes(StandardCharsets.UTF_8))
          .post("/jobs")
          .then()
          .statusCode(code);
    }
    String other = UUID.randomUUID().toString();
    Set<String> ids = new HashSet<>();
    for (String boundary : List.of("xx", "yy")) {
      ids.add(
          given()
              .contentType("multipart/form-data; boundary=" + boundary)
              .header("Idempotency-Key", other)
              .body(
                  "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n[{}]\r\n--%s--\r\n"
                      .formatted(boundary, boundary)
                      .getBytes(StandardCharsets.UTF_8))
              .post("/jobs")
              .then()
              .statusCode(202)
              .extract()
              .path("id"));
    }
    assertThat(ids).hasSize(1);
  }

  @Test
  void concurrent_posts_of_one_body_make_one_job() throws Exception {
    String key = UUID.randomUUID().toString();
    String body = "[" + "{\"a\":1},".repeat(2_000) + "{}]";
    int before = jobs();
    ExecutorService clients = Executors.newFixedThreadPool(6);

    List<Future<String>> posts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      posts.add(
          clients.submit(() -> keyed(key, body).statusCode(202).extract().<String>path("id")));
    }

    Set<String> ids = new HashSet<>();
    for (Future<String> post : posts) {
      ids.add(post.get());
    }
    clients.shutdown();
    assertThat(ids).hasSize(1);
    assertThat(jobs()).isEqualTo(before + 1);
    assertThat(Api.job(ids.iterator().next()).getInt("counts.total")).isEqualTo(2_001);
  }

  private static io.restassured.response.ValidatableResponse keyed(String key, String body) {
    return given()
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body(body)
        .post("/jobs")
        .then();
  }

  private static RequestSpecification packed(String body) {
    return given().header("Content-Encoding", "gzip").body(gzip(body));
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes whatever is written", e);
    }
    return bytes.toByteArray();
  }

  private HttpAnswer spoken(String request) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      socket.setSoTimeout(60_000);
      return HttpAnswer.read(socket.getInputStream());
    }
  }

  private int jobs() {
    return Statements.number(sql, "SELECT count(*) FROM job");
  }

  private String payload(String job, int seq) {
    return Statements.one(
        sql,
        "SELECT p.record FROM item i JOIN item_payload p ON p.item_id = i.id WHERE i.job_id = ? AND i.seq = ?",
        UUID.fromString(job),
        seq);
  }
}
