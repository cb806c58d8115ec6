package io.burnish.api.request;

import static io.burnish.fixtures.Callers.admin;
import static io.burnish.fixtures.Callers.key;
import static io.burnish.fixtures.Callers.post;
import static io.burnish.fixtures.Callers.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.burnish.access.caller.Role;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Authenticated;
import io.burnish.fixtures.Callers.Key;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.Statements;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;

/** Who may do what: each operation with no key, with each role, and for each owner. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class AccessTest {

  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  @TestHTTPResource("/")
  URL service;

  @TestHTTPResource(value = "/metrics", management = true)
  URL metrics;

  @Inject Sql sql;
  @Inject SessionFactory sessions;

  @Test
  void each_operation_of_the_contract_needs_a_key() {
    List<String> wrong = new ArrayList<>();
    operations()
        .forEach(
            operation -> {
              Response without = given().request(operation.method(), operation.address());
              Response invalid =
                  with("bk_" + "A".repeat(43)).request(operation.method(), operation.address());
              for (Response answer : List.of(without, invalid)) {
                if (answer.statusCode() != 401
                    || !answer.contentType().startsWith("application/problem+json")
                    || !String.valueOf(answer.header("WWW-Authenticate")).startsWith("Bearer")) {
                  wrong.add(operation + ": " + answer.statusCode() + " " + answer.asString());
                }
              }
            });

    assertThat(wrong).isEmpty();
    assertThat(operations()).hasSizeGreaterThan(30);
  }

  @Test
  void each_operation_is_for_its_role_and_those_above() {
    List<String> wrong = new ArrayList<>();
    for (Role role : Role.values()) {
      String secret = key(role.word(), "table").secret();
      for (Endpoint endpoint : Endpoints.ALL) {
        boolean allowed = role.compareTo(endpoint.role()) >= 0;
        if (allowed && endpoint.path().equals("/events")) {
          continue; // It has no end; the events of owners are tested below.
        }
        String address =
            endpoint.path().replaceAll("\\{(?:id|model|key)[^}]*}", NOBODY).replace("{seq}", "0");
        int status = with(secret).request(endpoint.method(), address).statusCode();
        if ((status == 403) == allowed || status == 401 || status >= 500) {
          wrong.add("%s as %s: %d".formatted(endpoint.operation(), role.word(), status));
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  @Test
  void a_refusal_says_which_role_is_needed() {
    with(key("read", "refusals").secret())
        .body("[]")
        .post("/jobs")
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", containsString("scope=\"submit\""))
        .body("type", equalTo("urn:burnish:problem:forbidden"))
        .body("detail", containsString("needs the role submit"));
  }

  @Test
  void a_data_directory_is_for_administrators() {
    with(key("submit", "directories").secret())
        .body("{\"dataDir\":\"none\"}")
        .post("/jobs")
        .then()
        .statusCode(403)
        .header("WWW-Authenticate", containsString("scope=\"admin\""));
    admin().body("{\"dataDir\":\"none\"}").post("/jobs").then().statusCode(422);
  }

  @Test
  void no_page_of_another_site_can_use_the_api() {
    for (String method : List.of("GET", "POST", "OPTIONS", "DELETE")) {
      for (String address : List.of("/jobs", "/nothing", "/q/health")) {
        Response answer =
            given()
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .request(method, address);
        assertThat(answer.headers().asList())
            .as(method + " " + address)
            .noneMatch(
                header -> header.getName().toLowerCase(Locale.ROOT).startsWith("access-control"));
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
      }
    }
    given()
        .header("Origin", "https://evil.example")
        .multiPart("file", "a.json", "[]".getBytes(StandardCharsets.UTF_8))
        .post("/jobs")
        .then()
        .statusCode(401);
  }

  @Test
  void callbacks_of_an_owner_need_its_own_secret() {
    String secret = key("submit", "caller").secret();
    String body = "{\"records\":[],\"options\":{\"callbackUrl\":\"https://93.184.216.34/\"}}";

    with(secret)
        .body(body)
        .post("/jobs")
        .then()
        .statusCode(422)
        .body("violations[0].message", containsString("POST /callback-secret"));
    with(secret).post("/callback-secret?owner=rival").then().statusCode(422);
    with(secret)
        .post("/callback-secret")
        .then()
        .statusCode(201)
        .header("Cache-Control", "no-store")
        .body("owner", equalTo("caller"))
        .body("secret", startsWith("whsec_"));
    with(secret).body(body).post("/jobs").then().statusCode(202);
  }

  @Test
  void tracking_is_that_of_the_owner_and_administrators_name_another_or_all() {
    String reader = key("read", "tracker").secret();
    String id = UUID.randomUUID().toString();
    for (String owner : List.of("tracker", "rival")) {
      admin()
          .body("{\"processed_discounts\":[\"%s\",\"of %s\"]}".formatted(id, owner))
          .put("/tracking/state?owner=" + owner)
          .then()
          .statusCode(200);
    }

    with(reader).get("/tracking/" + id).then().body("known", hasSize(1));
    with(reader).get("/tracking/of rival").then().statusCode(404);
    with(reader).get("/tracking/state").then().body("processed_discounts", hasSize(2));
    with(reader).get("/tracking").then().body("imported", equalTo(2));
    with(reader).get("/tracking?owner=tracker").then().body("imported", equalTo(2));
    with(reader).get("/tracking?owner=rival").then().statusCode(422);
    with(reader).get("/tracking?owner=*").then().statusCode(422);
    admin().get("/tracking/" + id).then().statusCode(404);
    admin().get("/tracking/" + id + "?owner=*").then().body("known", hasSize(2));
    admin().get("/tracking/state?owner=*").then().statusCode(422);

    admin().delete("/tracking?owner=rival").then().body("forgotten", equalTo(2));
    with(reader).get("/tracking").then().body("imported", equalTo(2));
    admin().delete("/tracking?owner=*&key=" + id).then().body("forgotten", equalTo(1));
    admin().delete("/tracking?owner=tracker").then().body("forgotten", equalTo(1));
  }

  @Test
  void a_job_of_another_owner_is_answered_as_one_that_is_not_there() {
    Key one = key("submit", "one");
    Key other = key("submit", "other");
    String foreign = post(one.secret(), Discounts.readable("foreign"));
    String removed = post(other.secret(), "7");
    with(other.secret()).delete("/jobs/" + removed).then().statusCode(204);
    String unknown = UUID.randomUUID().toString();

    for (Endpoint endpoint : Endpoints.ALL) {
      if (!endpoint.path().startsWith("/jobs/{id}")) {
        continue;
      }
      List<String> answers = new ArrayList<>();
      for (String id : List.of(foreign, removed, unknown)) {
        String address = endpoint.path().replace("{id}", id).replace("{seq}", "0");
        Response answer = named(other, endpoint, address);
        assertThat(answer.statusCode()).as(endpoint.operation()).isEqualTo(404);
        answers.add(
            (answer.headers() + answer.asString()).replace(id, "ID")
                + statements(() -> named(other, endpoint, address)));
      }
      assertThat(answers.stream().distinct()).as(endpoint.operation()).hasSize(1);
    }
    with(one.secret()).get("/jobs/" + foreign).then().statusCode(200).body("name", equalTo(null));
    admin().get("/jobs/" + foreign).then().statusCode(200);
  }

  private static Response named(Key key, Endpoint endpoint, String address) {
    RequestSpecification request = with(key.secret());
    if (endpoint.method().equals("PATCH")) {
      request.body("{\"name\":\"mine\"}");
    }
    return request.request(endpoint.method(), address);
  }

  /**
   * Statements of the entity manager. The fewest of some tries: background loops have some, too.
   */
  private long statements(Runnable request) {
    Statistics statistics = sessions.getStatistics();
    statistics.setStatisticsEnabled(true);
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      long before = statistics.getPrepareStatementCount();
      request.run();
      fewest = Math.min(fewest, statistics.getPrepareStatementCount() - before);
    }
    return fewest;
  }

  @Test
  void lists_and_actions_have_the_jobs_of_the_owner_only() {
    Key mine = key("submit", "lister");
    Key other = key("submit", "not-lister");
    String own = post(mine.secret(), Discounts.readable("own"));
    String foreign = post(other.secret(), Discounts.readable("not-own"));

    assertThat(with(mine.secret()).get("/jobs").jsonPath().getList("jobs.id")).containsExactly(own);
    assertThat(admin().get("/jobs").jsonPath().getList("jobs.id")).contains(own, foreign);
    with(mine.secret())
        .body("{\"action\":\"pause\",\"ids\":[\"%s\",\"%s\"]}".formatted(own, foreign))
        .post("/jobs/actions")
        .then()
        .statusCode(200)
        .body("done", equalTo(1))
        .body("unknown", equalTo(List.of(foreign)));
    with(mine.secret())
        .body("{\"action\":\"cancel\",\"filter\":{\"profile\":\"discount\"}}")
        .post("/jobs/actions")
        .then()
        .body("matched", equalTo(1));
    with(other.secret()).get("/jobs/" + foreign).then().body("state", equalTo("queued"));
  }

  @Test
  void events_have_the_jobs_of_the_owner_only() throws IOException {
    Key mine = key("submit", "follower");
    String foreign = post(key("submit", "not-follower").secret(), Discounts.readable("unseen"));
    String own = post(mine.secret(), Discounts.readable("seen"));

    String events = "";
    try (Socket socket = open("GET /events HTTP/1.1", "Authorization: Bearer " + mine.secret())) {
      socket.setSoTimeout(20_000);
      byte[] buffer = new byte[8192];
      while (!events.contains(own)) {
        int read = socket.getInputStream().read(buffer);
        assertThat(read).as(events).isPositive();
        events += new String(buffer, 0, read, StandardCharsets.UTF_8);
      }
    }

    assertThat(events).doesNotContain(foreign);
  }

  @Test
  void an_idempotency_key_is_unique_for_each_owner() {
    Key one = key("submit", "keyed-one");
    Key other = key("submit", "keyed-other");
    String mine = keyed(one, "[1]", 202);

    assertThat(keyed(one, "[1]", 202)).isEqualTo(mine);
    assertThat(keyed(other, "[2]", 202)).isNotEqualTo(mine);
    keyed(one, "[2]", 422);
  }

  private static String keyed(Key key, String body, int status) {
    return with(key.secret())
        .header("Idempotency-Key", "the-same-of-two-owners")
        .body(body)
        .post("/jobs")
        .then()
        .statusCode(status)
        .extract()
        .path("id");
  }

  @Test
  void a_request_without_a_key_is_refused_before_its_body_is_sent() throws IOException {
    try (Socket socket =
        open(
            "POST /jobs HTTP/1.1",
            "Content-Type: application/json",
            "Expect: 100-continue",
            "Content-Length: 900000000")) {
      socket.setSoTimeout(20_000);
      byte[] buffer = new byte[4096];
      int read = socket.getInputStream().read(buffer);

      assertThat(new String(buffer, 0, read, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void a_malformed_authorization_is_answered_401_and_is_in_no_answer() {
    for (String value :
        List.of(
            "",
            "Bearer",
            "Bearer ",
            "Basic dXNlcjpzZWNyZXQ=",
            "bk_secret",
            "Bearer bk_secret",
            "Bearer bk_" + "x".repeat(5_000),
            "Bearer a b",
            "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
            "Bearer \u00e9\u00e9",
            "bearer " + Authenticated.ADMIN_KEY + "x",
            "Negotiate secret")) {
      Response answer = given().header("Authorization", value).get("/models");

      assertThat(answer.statusCode()).as(value).isEqualTo(401);
      assertThat(answer.asString()).doesNotContain("secret", "eyJ", "xxx");
    }
    given()
        .header("Authorization", "bEaReR  " + Authenticated.ADMIN_KEY)
        .get("/models")
        .then()
        .statusCode(200);
  }

  @Test
  void health_and_contract_need_no_key_and_metrics_have_a_port_of_their_own() {
    given().get("/q/health/ready").then().statusCode(200);
    given().get("/q/openapi").then().statusCode(200);
    given().get("/q/metrics").then().statusCode(404);
    given().get(metrics).then().statusCode(200);
    given().options("/jobs").then().statusCode(200);
    admin().get("/status").then().body("auth", equalTo("oidc"));
  }

  @Test
  void refused_attempts_are_counted() {
    double before = refused("401");

    given().get("/jobs").then().statusCode(401);
    with(key("read", "counted").secret()).get("/keys").then().statusCode(403);

    assertThat(refused("401")).isGreaterThan(before);
    assertThat(refused("403")).isPositive();
  }

  private double refused(String status) {
    return given()
        .get(metrics)
        .asString()
        .lines()
        .filter(line -> line.startsWith("burnish_access_refused_total{status=\"" + status))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void each_changing_call_is_in_the_audit_and_no_other() {
    Key key = key("submit", "audited");
    String id = post(key.secret(), Discounts.readable("audited"));
    with(key.secret()).get("/jobs/" + id).then().statusCode(200);
    with(key.secret()).post("/jobs/" + id + "/pause?x=secret").then().statusCode(422);
    with(key.secret()).get("/audit").then().statusCode(403);

    assertThat(
            admin()
                .get("/audit?limit=200")
                .jsonPath()
                .<java.util.Map<String, String>>getList(
                    "entries.findAll { it.owner == 'audited' }"))
        .extracting(entry -> entry.get("operation") + " " + entry.get("address"))
        .containsExactly("POST /jobs/{id}/pause /jobs/" + id + "/pause", "POST /jobs /jobs");
    String first = admin().get("/audit?limit=1").jsonPath().getString("next");
    admin()
        .get("/audit?limit=1&cursor=" + first)
        .then()
        .statusCode(200)
        .body("entries[0].who", equalTo("submit of audited"))
        .body("entries[0].keyId", equalTo(key.id()))
        .body("entries[0].source", startsWith("127."));
  }

  /** Addresses that the framework may read as those of an operation, and the checks may not. */
  @Test
  void no_spelling_of_an_address_passes_by_the_checks() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Operation operation : operations()) {
      for (String address : spellings(operation.address())) {
        int before = audited();
        String answer = raw(operation.method(), address);
        boolean refused =
            answer.startsWith("HTTP/1.1 405")
                || answer.contains("no resource has this address")
                || answer.contains("the address has a ; before its query");
        boolean checked = operation.method().equals("GET") || audited() == before + 1;
        if (answer.startsWith("HTTP/1.1 500") || !(refused || checked)) {
          wrong.add(operation.method() + " " + address + ": " + answer);
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  @Test
  void a_semicolon_of_a_key_is_sent_as_its_escape() {
    given()
        .urlEncodingEnabled(false)
        .header("Authorization", "Bearer " + Authenticated.ADMIN_KEY)
        .get("/tracking/a%3Bb=c")
        .then()
        .statusCode(404)
        .body("detail", containsString("a;b=c"));
  }

  private static List<String> spellings(String address) {
    List<String> spellings = new ArrayList<>();
    for (int slash = address.indexOf('/', 1); slash > 0; slash = address.indexOf('/', slash + 1)) {
      String rest = address.substring(slash);
      spellings.add(address.substring(0, slash) + ";a=b" + rest);
      spellings.add(address.substring(0, slash) + "/" + rest);
      spellings.add(address.substring(0, slash) + "/." + rest);
      spellings.add(address.substring(0, slash) + "/x/.." + rest);
      spellings.add(address.substring(0, slash) + "%2F" + rest.substring(1));
    }
    String second = "%%%02x".formatted((int) address.charAt(1)) + address.substring(2);
    spellings.addAll(
        List.of(
            address + ";a=b",
            address + "//",
            address + "/;",
            "/" + address,
            "/" + second,
            "/;" + address,
            "/;a" + address));
    return spellings;
  }

  private int audited() {
    return Statements.number(sql, "SELECT count(*) FROM audit");
  }

  private String raw(String method, String address) throws IOException {
    try (Socket socket =
        open(
            method + " " + address + " HTTP/1.1",
            "Authorization: Bearer " + Authenticated.ADMIN_KEY,
            "Connection: close")) {
      StringBuilder answer = new StringBuilder();
      byte[] read = new byte[8 * 1024];
      // Events go on.
      for (int n = 0; n >= 0 && answer.indexOf("text/event-stream") < 0; ) {
        n = socket.getInputStream().read(read);
        answer.append(new String(read, 0, Math.max(0, n), StandardCharsets.UTF_8));
      }
      return answer.toString();
    }
  }

  @Test
  void the_audit_has_the_status_of_each_response() {
    Key key = key("submit", "answered");
    String id = post(key.secret(), Discounts.readable("answered"));
    with(key.secret()).post("/jobs/" + id + "/pause?x=secret").then().statusCode(422);
    with(key.secret()).post("/jobs/" + UUID.randomUUID() + "/pause").then().statusCode(404);

    await().untilAsserted(() -> assertThat(statuses("answered")).containsExactly(404, 422, 202));
  }

  private static List<Integer> statuses(String owner) {
    return admin()
        .get("/audit?limit=200")
        .jsonPath()
        .getList("entries.findAll { it.owner == '%s' }.status".formatted(owner));
  }

  @Test
  void a_call_whose_client_leaves_has_no_status() throws Exception {
    Key key = key("submit", "left");
    try (Socket socket = new Socket("localhost", service.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\nAuthorization: Bearer "
                      + key.secret()
                      + "\r\n\r\n[")
                  .getBytes(StandardCharsets.US_ASCII));
      await().until(() -> statuses("left").size() == 1);
    }
    post(key.secret(), Discounts.readable("left"));

    await().untilAsserted(() -> assertThat(statuses("left")).containsExactly(202, null));
  }

  @Test
  void only_the_hash_of_a_secret_is_stored() {
    Key key = key("read", "hashed");

    assertThat(key.secret()).matches("bk_[A-Za-z0-9_-]{43}");
    assertThat(
            Statements.one(
                sql,
                "SELECT string_agg(s::text || k::text, '') FROM access_key_secret s, access_key k"))
        .doesNotContain(key.secret(), key.secret().substring(3));
    assertThat(admin().get("/keys").asString()).doesNotContain(key.secret());
  }

  private Socket open(String... lines) throws IOException {
    Socket socket = new Socket(service.getHost(), service.getPort());
    String head = String.join("\r\n", lines) + "\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /** An operation of the contract, with an address for it. */
  private record Operation(String method, String address) {}

  private static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    RecordJson.read(given().queryParam("format", "json").get("/q/openapi").asString())
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (!method.equals("parameters")) {
                            operations.add(
                                new Operation(
                                    method.toUpperCase(java.util.Locale.ROOT),
                                    path.getKey().replaceAll("\\{\\w+}", NOBODY)));
                          }
                        }));
    return operations;
  }
}
