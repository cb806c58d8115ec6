package io.burnish.directory;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.ApiWithoutWorker;
import io.burnish.fixtures.Directories;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Statements;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.Claimant;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Enhanced;
import io.burnish.queue.item.Outcome.Failed;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs on data directories, while the test itself is the worker. */
@QuarkusTest
@TestProfile(ApiWithoutWorker.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class DataDirectoryTest {

  private static final Claimant WORKER = new Claimant(UUID.randomUUID(), "simulated");

  @Inject ItemQueue queue;
  @Inject Sql sql;

  private String name;
  private Path directory;

  /** A claim looks at 50 jobs: those that other tests left could hide the job of this one. */
  @BeforeEach
  void there_are_no_jobs() {
    Statements.empty(sql, "job");
  }

  /** A run that was killed leaves its files. */
  @BeforeAll
  static void clear() throws IOException {
    Directories.delete(ApiWithoutWorker.DATA);
    Files.createDirectories(ApiWithoutWorker.DATA);
  }

  @BeforeEach
  void create() throws IOException {
    name = "d" + UUID.randomUUID();
    directory = Files.createDirectories(ApiWithoutWorker.DATA.resolve(name));
  }

  /** Open jobs would hold up those of the next test, and find their directory gone. */
  @AfterEach
  void remove() throws IOException {
    Statements.run(
        sql, "UPDATE job_directory SET written_at = clock_timestamp() WHERE written_at IS NULL");
    Directories.delete(directory);
  }

  private static String body(String dataDir) {
    return "{\"dataDir\":%s}".formatted(RecordJson.object().textNode(dataDir));
  }

  private static ValidatableResponse posting(String body) {
    return given().contentType("application/json").body(body).post("/jobs").then();
  }

  private String posted() {
    return Api.post(body(name));
  }

  private static ValidatableResponse refused(String dataDir, String why) {
    return posting(body(dataDir))
        .statusCode(422)
        .body("type", equalTo("urn:burnish:problem:invalid"))
        .body("violations[0].field", equalTo("dataDir"))
        .body("detail", containsString(why))
        .body(
            "detail",
            not(containsString(ApiWithoutWorker.DATA.toAbsolutePath().normalize().toString())));
  }

  private void write(String file, ObjectNode... discounts) throws IOException {
    writeText(file, Discounts.list(discounts));
  }

  private void writeText(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static ObjectNode discount(String id) {
    return Discounts.readable(id);
  }

  private List<JsonNode> read(String file) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    RecordJson.read(Files.readString(directory.resolve(file))).forEach(records::add);
    return records;
  }

  private List<String> ids(String file) throws IOException {
    return read(file).stream().map(record -> record.path("discount_id").asText()).toList();
  }

  private boolean exists(String file) {
    return Files.exists(directory.resolve(file));
  }

  /** Claims all that the job has, as far as it may. */
  private List<ClaimedItem> claimed(String job) {
    return queue.claim(WORKER, 1_000, Long.MAX_VALUE).stream()
        .filter(item -> item.jobId().toString().equals(job))
        .toList();
  }

  /** Decides all records of the job: those with one of these ids fail. */
  private void decide(String job, String mark, String... failing) {
    List<Outcome> outcomes =
        claimed(job).stream().map(item -> outcome(item, mark, Set.of(failing))).toList();
    assertThat(outcomes).isNotEmpty();
    queue.complete(outcomes);
  }

  private static Outcome outcome(ClaimedItem item, String mark, Set<String> failing) {
    JsonNode record = RecordJson.read(item.record());
    String id = record.path("discount_id").asText();
    return Outcome.withoutCall(
        item,
        failing.contains(id)
            ? new Failed("price_in_text", List.of("No price."), "m")
            : new Enhanced(
                "{\"discount_id\":\"%s\",\"mark\":\"%s\"}".formatted(id, mark), "m", false));
  }

  private static void awaitWriteBack(String job, String state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(Api.now(job, "/writeBack/state")).isEqualTo(state));
  }

  private List<String> leftovers() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".part"))
          .toList();
    }
  }

  @Test
  void files_are_found_recursively_in_order_without_results_state_and_hidden_ones()
      throws Exception {
    write("b.json", discount("1"));
    write("a/z.json", discount("2"), discount("3"));
    writeText("a/lines.ndjson", RecordJson.write(discount("4")) + "\n");
    write("a/deep/er/D.JSON", discount("5"));
    write("enhanced_b.json", discount("6"));
    write("failed_b.json", discount("7"));
    writeText("groq_tracking_state.json", "{}");
    write(".hidden.json", discount("8"));
    write(".git/x.json", discount("9"));
    writeText("notes.txt", "not data");
    writeText("broken.json", "[{\"discount_id\":");

    posting(body("./" + name + "/a/.."))
        .statusCode(202)
        .body(
            "files.name",
            equalTo(
                List.of("a/deep/er/D.JSON", "a/lines.ndjson", "a/z.json", "b.json", "broken.json")))
        .body("files[4].state", equalTo("rejected"))
        .body("files[4].error", containsString("line 1"))
        .body("counts.total", equalTo(5))
        .body("state", equalTo("queued"))
        .body("writeBack.dataDir", equalTo(name))
        .body("writeBack.state", equalTo("waiting"))
        .body("writeBack.tries", equalTo(0))
        .body("writeBack.writtenAt", nullValue());
  }

  private static JsonPath estimate(String dataDir) {
    return given()
        .contentType("application/json")
        .body(body(dataDir))
        .post("/jobs?dryRun=true")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  @Test
  void a_dry_run_counts_the_open_jobs_on_an_overlapping_directory() throws Exception {
    write("a.json", Discounts.readable(300));
    writeText("sub/b.json", Discounts.list(discount("1")));
    writeText("other/c.json", Discounts.list(discount("2")));
    Path beside = Files.createDirectories(ApiWithoutWorker.DATA.resolve(name + "-beside"));
    Files.writeString(beside.resolve("d.json"), Discounts.list(discount("3")));
    long alone = estimate(name + "/sub").getLong("seconds");
    String job = posted();

    JsonPath waiting = estimate(name + "/sub");
    JsonPath elsewhere = estimate(name + "-beside");
    given().post("/jobs/" + job + "/pause").then().statusCode(200);
    JsonPath stopped = estimate(name + "/sub");
    given().post("/jobs/" + job + "/cancel").then().statusCode(200);
    JsonPath after = estimate(name + "/sub");
    Directories.delete(beside);

    assertThat(waiting.getLong("seconds"))
        .isGreaterThan(alone)
        .isGreaterThan(elsewhere.getLong("seconds"));
    assertThat(waiting.getLong("calls")).isEqualTo(1);
    assertThat(stopped.getString("startsAt")).isNull();
    assertThat(stopped.getString("endsAt")).isNull();
    assertThat(stopped.getLong("calls")).isEqualTo(1);
    assertThat(after.getLong("seconds")).isEqualTo(alone);
  }

  @Test
  void results_are_written_beside_the_input_once_and_nothing_else_is_left() throws Exception {
    write("a.json", discount("1"), discount("2"));
    writeText(
        "sub/b.ndjson", RecordJson.write(discount("3")) + "\n" + RecordJson.write(discount("4")));
    String job = posted();

    decide(job, "x", "2");
    awaitWriteBack(job, "written");

    assertThat(Files.readString(directory.resolve("enhanced_a.json")))
        .isEqualTo("[\n  {\n    \"discount_id\": \"1\",\n    \"mark\": \"x\"\n  }\n]\n");
    assertThat(read("failed_a.json")).isEqualTo(List.of(read("a.json").get(1)));
    assertThat(Files.readString(directory.resolve("sub/enhanced_b.ndjson")))
        .isEqualTo(
            "{\"discount_id\":\"3\",\"mark\":\"x\"}\n{\"discount_id\":\"4\",\"mark\":\"x\"}\n");
    assertThat(exists("sub/failed_b.ndjson")).isFalse();
    assertThat(leftovers()).isEmpty();
    assertThat(Api.now(job, "/writeBack/tries")).isEqualTo("1");
    assertThat(Api.now(job, "/writeBack/writtenAt")).startsWith("20");
    assertThat(given().accept("text/plain").get("/jobs/" + job).asString())
        .contains("Data directory %s: results are written".formatted(name));

    Files.delete(directory.resolve("enhanced_a.json"));
    Statements.change(
        sql,
        "UPDATE job_directory SET due_at = clock_timestamp() WHERE job_id = ?",
        UUID.fromString(job));
    String next = posted();
    decide(next, "y", "1", "2");
    awaitWriteBack(next, "written");
    assertThat(ids("enhanced_a.json")).isEmpty();
  }

  @Test
  void results_are_cumulative_and_the_newer_ones_win() throws Exception {
    write("a.json", discount("1"), discount("2"), discount("3"));
    writeText(
        "enhanced_a.json",
        "[{\"discount_id\":\"old\",\"n\":1.50},{\"discount_id\":\"2\",\"mark\":\"old\"},{\"discount_id\":3,\"mark\":\"kept\"}]");
    write("failed_a.json", discount("1"), discount("other"));
    String first = posted();
    decide(first, "new", "3");
    awaitWriteBack(first, "written");

    assertThat(read("enhanced_a.json").toString())
        .isEqualTo(
            "[{\"discount_id\":\"old\",\"n\":1.50}, {\"discount_id\":3,\"mark\":\"kept\"}, {\"discount_id\":\"1\",\"mark\":\"new\"}, {\"discount_id\":\"2\",\"mark\":\"new\"}]");
    assertThat(ids("failed_a.json")).containsExactly("other", "3");

    write("a.json", discount("3"), discount("other"));
    String second = posted();
    decide(second, "newer");
    awaitWriteBack(second, "written");

    assertThat(ids("enhanced_a.json")).containsExactly("old", "1", "2", "3", "other");
    assertThat(exists("failed_a.json")).as("nothing is left in it").isFalse();
  }

  @Test
  void a_cancelled_job_is_written_back_with_what_it_has() throws Exception {
    write("a.json", discount("1"), discount("2"), Discounts.empty("3"));
    write("failed_a.json", discount("2"));
    String job = posted();
    List<ClaimedItem> items = claimed(job);
    queue.release(items.subList(1, 2));
    queue.complete(List.of(outcome(items.get(0), "x", Set.of())));

    given()
        .post("/jobs/" + job + "/cancel")
        .then()
        .statusCode(200)
        .body("state", equalTo("cancelled"));
    awaitWriteBack(job, "written");

    assertThat(ids("enhanced_a.json")).containsExactly("1");
    assertThat(ids("failed_a.json")).containsExactly("2", "3");
  }

  @Test
  void an_expired_job_is_written_back_with_what_it_has() throws Exception {
    write("a.json", discount("1"), Discounts.empty("2"));
    String job = posted();
    Statements.change(
        sql, "UPDATE job SET deadline = clock_timestamp() WHERE id = ?", UUID.fromString(job));

    awaitWriteBack(job, "written");

    assertThat(Api.now(job, "/state")).isEqualTo("expired");
    assertThat(ids("enhanced_a.json")).isEmpty();
    assertThat(ids("failed_a.json")).containsExactly("2");
  }

  @ParameterizedTest
  @CsvSource({"'',sub", "sub,''", "'',''"})
  void jobs_on_overlapping_directories_take_turns(String first, String second) throws Exception {
    write("sub/a.json", discount("1"));
    String one = Api.post(body(name + "/" + first));
    String two = Api.post(body(name + "/" + second));
    write("apart/b.json", discount("2"));
    String apart = Api.post(body(name + "/apart"));

    assertThat(claimed(two)).isEmpty();
    assertThat(Api.now(two, "/state")).isEqualTo("queued");
    assertThat(Api.now(two, "/waitingFor/reason")).isEqualTo("directory");
    assertThat(Api.now(two, "/waitingFor/detail")).contains(one);
    given()
        .get("/jobs/" + two + "/items")
        .then()
        .body("items[0].waitingFor.reason", equalTo("directory"));
    assertThat(Api.now(apart, "/waitingFor/reason").equals("directory"))
        .isEqualTo(first.isEmpty() || second.isEmpty());
    Statements.change(
        sql,
        "UPDATE item SET state = 'ready', worker_id = NULL WHERE state = 'running' AND job_id = ?",
        UUID.fromString(one));

    decide(one, "first");
    awaitWriteBack(one, "written");
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () -> assertThat(Api.now(two, "/waitingFor/reason")).isNotEqualTo("directory"));
    assertThat(read("sub/enhanced_a.json").get(0).path("mark").asText()).isEqualTo("first");
    decide(two, "second");
    awaitWriteBack(two, "written");
    assertThat(read("sub/enhanced_a.json").get(0).path("mark").asText()).isEqualTo("second");
  }

  @Test
  void a_held_job_that_is_cancelled_is_written_back_in_its_turn() throws Exception {
    write("a.json", discount("1"));
    String one = posted();
    String two = posted();

    given().post("/jobs/" + two + "/cancel").then().body("state", equalTo("cancelled"));

    assertThat(Api.now(two, "/writeBack/state")).isEqualTo("waiting");
    decide(one, "x");
    awaitWriteBack(two, "written");
    assertThat(Api.now(one, "/writeBack/state")).isEqualTo("written");
    assertThat(ids("enhanced_a.json")).containsExactly("1");
  }

  @Test
  void a_retried_job_is_written_back_again_after_jobs_that_came_meanwhile() throws Exception {
    write("a.json", discount("1"), discount("2"));
    String job = posted();
    decide(job, "x", "2");
    awaitWriteBack(job, "written");
    String next = posted();
    await()
        .untilAsserted(
            () -> assertThat(Api.now(next, "/waitingFor/reason")).isNotEqualTo("directory"));

    given().post("/jobs/" + job + "/retry").then().statusCode(200);

    assertThat(Api.now(job, "/waitingFor/reason")).isEqualTo("directory");
    assertThat(Api.now(job, "/writeBack/state")).isEqualTo("waiting");
    decide(next, "y", "2");
    awaitWriteBack(next, "written");
    await()
        .untilAsserted(
            () -> assertThat(Api.now(job, "/waitingFor/reason")).isNotEqualTo("directory"));
    decide(job, "z");
    awaitWriteBack(job, "written");
    assertThat(read("enhanced_a.json").toString())
        .isEqualTo(
            "[{\"discount_id\":\"1\",\"mark\":\"x\"}, {\"discount_id\":\"2\",\"mark\":\"z\"}]");
    assertThat(exists("failed_a.json")).isFalse();
  }

  @Test
  void an_earlier_file_that_can_not_be_read_is_kept_and_the_job_says_so_until_it_is_repaired()
      throws Exception {
    write("a.json", discount("1"));
    write("b.json", discount("2"));
    writeText("enhanced_a.json", "[{\"discount_id\":\"0\"},\n<<<<<<< HEAD");
    String job = posted();
    decide(job, "x");
    awaitWriteBack(job, "failing");

    assertThat(Api.now(job, "/writeBack/error"))
        .contains("enhanced_a.json", "line 2", "was left as it is")
        .doesNotContain(ApiWithoutWorker.DATA.toAbsolutePath().toString());
    assertThat(Api.now(job, "/writeBack/nextTryAt")).startsWith("20");
    assertThat(Files.readString(directory.resolve("enhanced_a.json"))).endsWith("<<<<<<< HEAD");
    assertThat(ids("enhanced_b.json")).containsExactly("2");
    assertThat(leftovers()).isEmpty();

    writeText("enhanced_a.json", "[{\"discount_id\":\"0\"}]");
    awaitWriteBack(job, "written");
    assertThat(ids("enhanced_a.json")).containsExactly("0", "1");
    assertThat(Api.now(job, "/writeBack/error")).isEqualTo("null");
  }

  @Test
  void a_directory_in_place_of_a_result_is_an_error_and_deleting_the_job_gives_the_results_up()
      throws Exception {
    write("a.json", discount("1"));
    Files.createDirectory(directory.resolve("enhanced_a.json"));
    String job = posted();
    String next = posted();
    decide(job, "x");
    awaitWriteBack(job, "failing");
    assertThat(Api.now(job, "/writeBack/error")).contains("not a regular file");
    assertThat(Api.now(next, "/waitingFor/reason")).isEqualTo("directory");

    given().delete("/jobs/" + job).then().statusCode(204);

    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () -> assertThat(Api.now(next, "/waitingFor/reason")).isNotEqualTo("directory"));
  }

  @Test
  void a_directory_that_can_not_be_written_to_is_retried() throws Exception {
    write("a.json", discount("1"));
    String job = posted();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeThat(Files.isWritable(directory)).as("the tests run as root").isFalse();
    decide(job, "x");
    awaitWriteBack(job, "failing");

    assertThat(Api.now(job, "/writeBack/error")).contains("permission denied");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    awaitWriteBack(job, "written");
  }

  @Test
  void a_directory_that_is_gone_is_named() throws Exception {
    write("sub/a.json", discount("1"));
    String job = Api.post(body(name + "/sub"));
    Path moved = directory.resolve("moved");
    Files.move(directory.resolve("sub"), moved);
    decide(job, "x");
    awaitWriteBack(job, "failing");

    assertThat(Api.now(job, "/writeBack/error")).contains(name + "/sub", "does not exist");
    Files.move(moved, directory.resolve("sub"));
    awaitWriteBack(job, "written");
    assertThat(ids("sub/enhanced_a.json")).containsExactly("1");
  }

  @Test
  void a_replica_that_lost_its_lease_writes_nothing_and_another_one_takes_over() throws Exception {
    write("a.json", discount("1"));
    writeText(".burnish-of-an-ended-process.part", "[");
    String job = posted();
    Statements.change(
        sql,
        "UPDATE job_directory SET due_at = clock_timestamp() + interval '3 seconds', fence = 7, tried_by = ? WHERE job_id = ?",
        UUID.randomUUID(),
        UUID.fromString(job));
    decide(job, "x");
    assertThat(Api.now(job, "/writeBack/state")).isEqualTo("pending");

    awaitWriteBack(job, "written");

    assertThat(ids("enhanced_a.json")).containsExactly("1");
    assertThat(leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../etc", "/etc", "a/../../b", "%s/../../x"})
  void paths_that_leave_the_root_are_refused(String path) {
    refused(path.formatted(name), "is not below DISCOUNT_DATA_DIR");
  }

  @Test
  void links_that_leave_the_root_are_refused() throws Exception {
    Path outside = Files.createTempDirectory("outside");
    Files.writeString(outside.resolve("x.json"), "[]");
    Files.createSymbolicLink(directory.resolve("out"), outside);
    refused(name + "/out", "is not below DISCOUNT_DATA_DIR");
    write("a.json", discount("1"));
    refused(name, "\"out\" is a symbolic link that leaves DISCOUNT_DATA_DIR");

    Files.delete(directory.resolve("out"));
    Files.createSymbolicLink(directory.resolve("x.json"), outside.resolve("x.json"));
    refused(name, "\"x.json\" is a symbolic link that leaves DISCOUNT_DATA_DIR");
    Files.delete(directory.resolve("x.json"));
    Files.createSymbolicLink(directory.resolve("gone.json"), outside.resolve("gone.json"));
    refused(name, "\"gone.json\" is a symbolic link that can't be followed");
  }

  @Test
  void links_below_the_root_are_followed_to_files_and_not_to_directories() throws Exception {
    write("sub/a.json", discount("1"));
    Files.createSymbolicLink(directory.resolve("loop"), directory.toAbsolutePath());
    Files.createSymbolicLink(directory.resolve("l.json"), Path.of("sub", "a.json"));
    Files.createSymbolicLink(directory.resolve("alias"), Path.of("sub"));

    posting(body(name))
        .statusCode(202)
        .body("files.name", equalTo(List.of("l.json", "sub/a.json")));
    posting(body(name + "/alias"))
        .statusCode(202)
        .body("writeBack.dataDir", equalTo(name + "/sub"));
  }

  @Test
  void directories_that_can_not_be_read_are_refused() throws Exception {
    refused(name + "/none", "does not exist");
    refused(name, "has no input file");
    write("a.json", discount("1"));
    refused(name + "/a.json", "is not a directory");
    refused(name + "\u0000", "is not a valid path");
    write("x".repeat(242) + ".json", discount("1"));
    refused(name, "too long");
    Files.delete(directory.resolve("x".repeat(242) + ".json"));
    writeText("a.json", "{}");
    posting(body(name))
        .statusCode(422)
        .body("violations[0].field", equalTo("a.json"))
        .body("violations[0].message", containsString("must hold a JSON list"));
  }

  @Test
  void a_directory_below_that_can_not_be_read_is_refused() throws Exception {
    write("sub/a.json", discount("1"));
    write("b.json", discount("2"));
    Path sub = directory.resolve("sub");
    Files.setPosixFilePermissions(sub, PosixFilePermissions.fromString("---------"));
    try {
      assumeThat(Files.isReadable(sub)).as("the tests run as root").isFalse();
      refused(name, "\"sub\" can't be read: permission denied");
    } finally {
      Files.setPosixFilePermissions(sub, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void a_directory_is_given_alone() throws Exception {
    write("a.json", discount("1"));
    posting("{\"dataDir\":\"%s\",\"records\":[]}".formatted(name))
        .statusCode(422)
        .body("violations[0].field", equalTo("dataDir"));
    posting("{\"dataDir\":\"%s\",\"files\":[]}".formatted(name)).statusCode(422);
    posting("{\"dataDir\":\"%s\",\"mode\":\"store\"}".formatted(name))
        .statusCode(422)
        .body("detail", containsString("mode store"));
    posting("{\"dataDir\":7}").statusCode(422).body("detail", containsString("must be text"));
    posting("{\"dataDir\":null}").statusCode(422);
    given()
        .multiPart("job", "{\"dataDir\":\"%s\"}".formatted(name), "application/json")
        .multiPart("file", "a.json", "[]".getBytes())
        .post("/jobs")
        .then()
        .statusCode(422)
        .body("violations[0].field", equalTo("job.dataDir"));
  }

  @Test
  void limits_of_bodies_hold_for_directories() throws Exception {
    writeText("a.json", "[\"" + "x".repeat(11 << 20) + "\"]");
    writeText("b.json", "[\"" + "x".repeat(11 << 20) + "\"]");
    refused(name, "burnish.intake.max-body");
    Files.delete(directory.resolve("a.json"));
    Files.delete(directory.resolve("b.json"));
    for (int i = 0; i <= 1_000; i++) {
      writeText("f%d.json".formatted(i), "[]");
    }
    refused(name, "burnish.intake.max-files");
  }

  @Test
  void a_dry_run_stores_nothing() throws Exception {
    write("a.json", discount("1"), discount("2"));
    int jobs = Statements.number(sql, "SELECT count(*) FROM job_directory");

    given()
        .contentType("application/json")
        .body(body(name))
        .post("/jobs?dryRun=true")
        .then()
        .statusCode(200)
        .body("records", equalTo(2));

    assertThat(Statements.number(sql, "SELECT count(*) FROM job_directory")).isEqualTo(jobs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "."})
  void the_root_itself_is_a_directory_too(String root) throws Exception {
    write("a.json", discount("1"));

    posting(body(root))
        .statusCode(202)
        .body("writeBack.dataDir", equalTo("."))
        .body("files.name", hasItem(name + "/a.json"));
  }

  @Test
  void the_same_request_under_one_key_is_one_job_also_when_the_directory_has_changed()
      throws Exception {
    write("a.json", discount("1"));
    String key = UUID.randomUUID().toString();
    String first = keyed(key).statusCode(202).extract().path("id");
    Files.delete(directory.resolve("a.json"));

    keyed(key).statusCode(202).body("id", equalTo(first));
  }

  private ValidatableResponse keyed(String key) {
    return given()
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body(body(name))
        .post("/jobs")
        .then();
  }
}
