package io.burnish.api.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.burnish.api.input.MediaTypes;
import io.burnish.api.problem.Problem;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.database.Sql;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.JobsOfNewerVersion;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract, held against the resources and against what the running service answers. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class OpenApiTest {

  /**
   * Answers that take a database that is away, a full disk, a slow client, a key, or more at a time
   * than a test sends; other tests have them.
   */
  private static final Set<String> ELSEWHERE = Set.of("401", "403", "408", "429", "503", "507");

  /**
   * A body of 4 GB; a retry while a cancelled job has a running item; a stream without an end; a
   * session, which needs keys (SessionTest).
   */
  private static final Set<String> COSTLY =
      Set.of("post /jobs 413", "post /jobs/{id}/retry 409", "get /events 200", "post /session 204");

  private static final String NEW_KEY =
      "{\"name\":\"contract\",\"role\":\"read\",\"owner\":\"contract\"}";

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private final Map<JsonNode, JsonSchema> schemas = new HashMap<>();

  @Inject Sql sql;

  private ObjectNode contract;

  @BeforeEach
  void read() {
    RestAssured.config =
        RestAssured.config()
            .encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset("UTF-8"));
    contract =
        (ObjectNode)
            RecordJson.read(given().queryParam("format", "json").get("/q/openapi").asString());
  }

  /**
   * A request and the status of its answer.
   *
   * @param path as the contract has it
   * @param method in lower case
   * @param address with its query
   * @param status of the answer
   */
  private record Case(
      String path,
      String method,
      String address,
      Map<String, String> headers,
      String body,
      int status) {

    Case with(String header, String value) {
      return new Case(path, method, address, Map.of(header, value), body, status);
    }

    Case sending(String type, String text) {
      return new Case(path, method, address, Map.of("Content-Type", type), text, status);
    }
  }

  private static Case of(String path, String method, String address, int status) {
    return new Case(path, method, address, Map.of(), "", status);
  }

  @Test
  void it_has_the_paths_methods_and_parameters_that_the_resources_have() {
    Set<String> documented = new TreeSet<>();
    operations().forEach(operation -> documented.add(operation + " " + queryOf(operation)));

    Set<String> there =
        Endpoints.ALL.stream()
            .collect(
                Collectors.groupingBy(
                    endpoint ->
                        endpoint.method().toLowerCase(Locale.ROOT)
                            + " "
                            + endpoint.path().replaceAll("\\{(\\w+)[^}]*}", "{$1}"),
                    Collectors.flatMapping(
                        endpoint -> endpoint.parameters().keySet().stream(),
                        Collectors.toCollection(TreeSet::new))))
            .entrySet()
            .stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(documented).isEqualTo(there);
  }

  @Test
  void it_names_its_license_its_version_and_every_operation() {
    assertThat(contract.at("/info/license/name").asText()).isEqualTo("Apache-2.0");
    assertThat(contract.at("/info/version").asText()).isNotEmpty();
    List<String> ids =
        operations().map(operation -> operation(operation).path("operationId").asText()).toList();
    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> !id.isEmpty());
  }

  @Test
  void problems_in_examples_have_the_title_of_their_status() {
    List<JsonNode> problems =
        contract.findValues("example").stream().filter(each -> each.has("detail")).toList();

    assertThat(problems)
        .isNotEmpty()
        .allSatisfy(
            problem ->
                assertThat(problem.path("title").asText())
                    .isEqualTo(Problem.reasonPhrase(problem.path("status").asInt())));
  }

  @Test
  void the_service_answers_as_documented() {
    String id =
        Api.post(
            "{\"name\":\"contract\",\"files\":[{\"name\":\"a.json\",\"records\":%s}]}"
                .formatted(Discounts.list(Discounts.readable("contract-1"), Discounts.empty("2"))));
    Api.ended(id);
    Set<String> met = new TreeSet<>();
    List<String> wrong = new ArrayList<>();

    List<Case> cases = cases(id);
    cases.addAll(lifeOf(JobsOfNewerVersion.store(sql, "discount", JobsOfNewerVersion.OPTIONS, 1)));
    for (Case request : cases) {
      Response answer = send(request);
      met.add(request.method() + " " + request.path() + " " + answer.statusCode());
      if (answer.statusCode() != request.status()) {
        wrong.add(request + " was answered " + answer.statusCode() + ": " + answer.asString());
      }
      wrong.addAll(disagreements(request, answer));
    }

    assertThat(wrong).isEmpty();
    assertThat(met).containsAll(documented());
  }

  private Set<String> documented() {
    Set<String> documented = new TreeSet<>();
    operations()
        .forEach(
            operation ->
                operation(operation)
                    .path("responses")
                    .fieldNames()
                    .forEachRemaining(
                        status -> {
                          if (!status.equals("default")
                              && !ELSEWHERE.contains(status)
                              && !COSTLY.contains(operation + " " + status)) {
                            documented.add(operation + " " + status);
                          }
                        }));
    return documented;
  }

  private static List<Case> cases(String id) {
    List<Case> cases = new ArrayList<>();
    String job = "/jobs/" + id;
    String unknown = "/jobs/00000000-0000-0000-0000-000000000000";
    cases.addAll(
        List.of(
            of("/jobs", "get", "/jobs?limit=1", 200),
            of("/jobs", "get", "/jobs?limit=0", 422),
            of("/jobs", "post", "/jobs", 202).sending("application/json", "[7]"),
            of("/jobs", "post", "/jobs?mode=store", 202).sending(MediaTypes.LINES, "{}"),
            of("/jobs", "post", "/jobs?dryRun=true", 200)
                .sending(
                    "application/json",
                    Discounts.list(Discounts.readable("estimate"), Discounts.empty("none"))),
            of("/jobs", "post", "/jobs?dryRun=true&name=a", 200).sending(MediaTypes.LINES, "{}"),
            of("/jobs", "post", "/jobs", 400).sending("application/json", "[,]"),
            new Case(
                "/jobs",
                "post",
                "/jobs",
                Map.of("Content-Type", "application/json", "Accept", "text/plain"),
                "[]",
                406),
            of("/jobs", "post", "/jobs", 415).sending("text/plain", "[]"),
            of("/jobs", "post", "/jobs?x=1", 422).sending("application/json", "[]"),
            of("/jobs", "post", "/jobs", 422).sending("application/json", "{}"),
            of("/jobs/{id}", "put", job, 405)));
    for (String below :
        List.of("", "/results", "/failures", "/items", "/items/0", "/history", "/events")) {
      String path = "/jobs/{id}" + below.replace("/0", "/{seq}");
      cases.addAll(
          List.of(
              of(path, "get", job + below, 200),
              of(path, "get", "/jobs/%ff" + below, 400),
              of(path, "get", unknown + below, 404),
              of(path, "get", "/jobs/nope" + below, 404),
              of(path, "get", job + below, 406).with("Accept", "image/png"),
              of(path, "get", job + below + "?x=1", 422)));
      if (below.equals("/results") || below.equals("/failures")) {
        cases.add(of(path, "get", job + below, 200).with("Accept", MediaTypes.LINES));
        cases.add(of(path, "get", job + below + "?file=a.json", 200));
        cases.add(of(path, "get", job + below + "?file=b.json", 404));
      }
    }
    cases.addAll(
        List.of(
            of("/jobs/{id}", "get", job, 200).with("Accept", "text/plain"),
            of("/jobs/{id}", "get", job, 304).with("If-None-Match", "*"),
            of("/jobs/{id}", "get", job + "?wait=1", 200),
            of("/jobs/{id}", "get", job + "?wait=0", 422),
            of("/events", "get", "/events?x=%ff", 400),
            of("/events", "get", "/events", 406).with("Accept", "image/png"),
            of("/events", "get", "/events?x=1", 422),
            of("/jobs/{id}/results", "get", job + "/results?evidence=true", 200),
            of("/jobs/{id}/results", "get", job + "/results?evidence=x", 422),
            of("/jobs/{id}/failures", "get", job + "/failures?format=records", 200),
            of("/jobs/{id}/failures", "get", job + "/failures?format=x", 422),
            of("/jobs/{id}/failures", "get", job + "/failures?groupBy=code", 200),
            of("/jobs/{id}/failures", "get", job + "/failures?groupBy=x", 422),
            of("/jobs/{id}/items/{seq}", "get", job + "/items/1", 200),
            of("/jobs/{id}/items/{seq}", "get", job + "/items/2", 404),
            of("/status/history", "get", "/status/history?minutes=0", 422),
            of("/models/{model}/state", "delete", "/models/none/state", 404),
            of("/models/{model}/state", "delete", model(), 204),
            of("/tracking/{key}", "get", "/tracking/contract-1", 200),
            of("/tracking/{key}", "get", "/tracking/nobody-has-this", 404),
            of("/tracking/state", "put", "/tracking/state", 200)
                .sending("application/json", "{\"processed_discounts\":[\"contract-2\"]}"),
            of("/tracking/{key}", "get", "/tracking/contract-2", 200),
            of("/tracking/state", "put", "/tracking/state", 400).sending("application/json", "{"),
            of("/tracking/state", "put", "/tracking/state", 413)
                .sending("application/json", " ".repeat(HttpSurfaceTest.LARGEST_BODY + 1)),
            of("/tracking/state", "put", "/tracking/state", 415)
                .sending("application/json;charset=utf-16", "{}"),
            of("/tracking/state", "put", "/tracking/state", 422).sending("application/json", "{}"),
            of("/tracking", "delete", "/tracking?key=contract-2", 200)));
    for (String path :
        List.of(
            "/models", "/profiles", "/status", "/status/history", "/tracking", "/tracking/state")) {
      cases.add(of(path, "get", path, 200));
    }
    Map.of(
            "/jobs", "get",
            "/models", "get",
            "/profiles", "get",
            "/status", "get",
            "/status/history", "get",
            "/tracking", "get",
            "/tracking/state", "get",
            "/models/{model}/state", "delete",
            "/tracking/{key}", "get")
        .forEach((path, method) -> cases.addAll(refusals(path, method)));
    cases.addAll(ofControl(id, unknown));
    cases.addAll(ofKeys());
    cases.addAll(refusals("/tracking", "delete"));
    cases.addAll(refusals("/tracking/state", "put"));
    return cases;
  }

  private static List<Case> ofKeys() {
    String id = "/keys/" + key();
    String ended = "/keys/" + key();
    given().delete(ended).then().statusCode(200);
    String unknown = "/keys/00000000-0000-0000-0000-000000000000";
    List<Case> cases = new ArrayList<>();
    cases.addAll(refusals("/keys", "get"));
    cases.addAll(refusals("/audit", "get"));
    cases.addAll(refusals("/session", "post"));
    cases.addAll(refusals("/session", "delete"));
    cases.addAll(refusals("/callback-secret", "post"));
    cases.add(of("/callback-secret", "post", "/callback-secret?owner=contract", 201));
    cases.addAll(commands("/keys", "post", "/keys"));
    cases.addAll(
        List.of(
            of("/keys", "get", "/keys", 200),
            of("/audit", "get", "/audit", 200),
            of("/session", "post", "/session", 409),
            of("/session", "delete", "/session", 204),
            of("/keys", "post", "/keys", 201).sending("application/json", NEW_KEY),
            of("/keys", "post", "/keys", 406).with("Accept", "image/png"),
            of("/keys/{id}/rotate", "post", id + "/rotate", 200),
            of("/keys/{id}/rotate", "post", ended + "/rotate", 409),
            of("/keys/{id}", "delete", id + "?jobs=pause", 200)));
    Map.of("/keys/{id}", "delete", "/keys/{id}/rotate", "post")
        .forEach(
            (path, method) -> {
              String below = path.substring("/keys/{id}".length());
              cases.addAll(
                  List.of(
                      of(path, method, "/keys/%ff" + below, 400),
                      of(path, method, unknown + below, 404),
                      of(path, method, id + below, 406).with("Accept", "image/png"),
                      of(path, method, id + below + "?x=1", 422)));
            });
    return cases;
  }

  private static String key() {
    return given()
        .contentType("application/json")
        .body(NEW_KEY)
        .post("/keys")
        .jsonPath()
        .getString("key.id");
  }

  /** The job has ended with a failure. */
  private static List<Case> ofControl(String id, String unknown) {
    List<Case> cases = new ArrayList<>();
    String job = "/jobs/" + id;
    for (String verb : List.of("/cancel", "/pause", "/resume", "/retry")) {
      String path = "/jobs/{id}" + verb;
      cases.addAll(
          List.of(
              of(path, "post", "/jobs/%ff" + verb, 400),
              of(path, "post", unknown + verb, 404),
              of(path, "post", job + verb, 406).with("Accept", "image/png"),
              of(path, "post", job + verb + "?x=1", 422)));
    }
    for (String verb : List.of("/cancel", "/pause", "/resume")) {
      cases.add(of("/jobs/{id}" + verb, "post", job + verb, 409));
    }
    String retry = "/jobs/{id}/retry";
    cases.addAll(commands(retry, "post", job + "/retry"));
    cases.addAll(
        List.of(
            of(retry, "post", job + "/retry", 200),
            of(retry, "post", job + "/retry?code=a&file=a.json", 200),
            of("/jobs/{id}", "patch", job, 200)
                .sending("application/json", "{\"name\":\"contract 2\"}"),
            of("/jobs/{id}", "patch", "/jobs/%ff", 400),
            of("/jobs/{id}", "patch", unknown, 404).sending("application/json", "{\"name\":null}"),
            of("/jobs/{id}", "patch", job, 406).with("Accept", "image/png"),
            of("/jobs/{id}", "patch", job, 409)
                .sending("application/merge-patch+json", "{\"priority\":\"low\"}"),
            of("/jobs/actions", "post", "/jobs/actions", 200)
                .sending(
                    "application/json", "{\"action\":\"cancel\",\"ids\":[\"%s\"]}".formatted(id)),
            of("/jobs/actions", "post", "/jobs/actions", 406).with("Accept", "image/png"),
            of("/jobs/{id}", "delete", "/jobs/%ff", 400),
            of("/jobs/{id}", "delete", unknown, 404),
            of("/jobs/{id}", "delete", job, 406).with("Accept", "image/png"),
            of("/jobs/{id}", "delete", job + "?tracking=x", 422)));
    cases.addAll(commands("/jobs/{id}", "patch", job));
    cases.addAll(commands("/jobs/actions", "post", "/jobs/actions"));
    return cases;
  }

  /** What each command with a body refuses. */
  private static List<Case> commands(String path, String method, String address) {
    return List.of(
        of(path, method, address, 400).sending("application/json", "{"),
        of(path, method, address, 413).sending("application/json", " ".repeat(70_000)),
        of(path, method, address, 415).sending("text/plain", "{}"),
        of(path, method, address, 422).sending("application/json", "{\"nope\":1}"));
  }

  /** A job that stays open, as no worker can read it, and has a life of its own. */
  private static List<Case> lifeOf(UUID open) {
    String job = "/jobs/" + open;
    return List.of(
        of("/jobs/{id}/pause", "post", job + "/pause", 200),
        of("/jobs/{id}", "get", job, 200),
        of("/jobs/{id}/resume", "post", job + "/resume", 200),
        of("/jobs/{id}", "delete", job, 409),
        of("/jobs/{id}/cancel", "post", job + "/cancel", 200),
        of("/jobs/{id}", "get", job, 200),
        of("/jobs/{id}", "delete", job, 204),
        of("/jobs/{id}", "get", job, 404));
  }

  private static List<Case> refusals(String path, String method) {
    String address = path.replace("{model}", "m").replace("{key}", "k");
    return List.of(
        of(path, method, address + "?x=%ff", 400),
        of(path, method, address, 406).with("Accept", "image/png"),
        of(path, method, address + "?x=1", 422));
  }

  private static String model() {
    return "/models/" + given().get("/models").jsonPath().getString("[0].model") + "/state";
  }

  private static Response send(Case request) {
    RequestSpecification sent = given().urlEncodingEnabled(false).headers(request.headers());
    if (!request.body().isEmpty()) {
      sent.body(request.body().getBytes(StandardCharsets.UTF_8));
    }
    return sent.request(request.method().toUpperCase(Locale.ROOT), request.address());
  }

  private List<String> disagreements(Case request, Response answer) {
    JsonNode responses = operation(request.method() + " " + request.path()).path("responses");
    JsonNode response =
        resolved(
            responses.has(String.valueOf(answer.statusCode()))
                ? responses.path(String.valueOf(answer.statusCode()))
                : problems());
    if (!response.has("content")) {
      return answer.asString().isEmpty() ? List.of() : List.of(request + ": has a body");
    }
    String type = answer.contentType().split(";")[0];
    JsonNode content = response.path("content").path(type);
    if (content.isMissingNode()) {
      return List.of("%s: %s is not documented".formatted(request, type));
    }
    List<String> wrong = new ArrayList<>();
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            header -> {
              if (answer.header(header) == null) {
                wrong.add("%s: has no %s".formatted(request, header));
              }
            });
    if (type.endsWith("json") && !type.equals(MediaTypes.LINES)) {
      schemas
          .computeIfAbsent(content.path("schema"), this::schema)
          .validate(RecordJson.read(answer.asString()))
          .forEach(message -> wrong.add(request + ": " + message));
    }
    return wrong;
  }

  private JsonSchema schema(JsonNode content) {
    ObjectNode schema = content.deepCopy();
    schema.set("components", contract.path("components"));
    return FACTORY.getSchema(schema);
  }

  private JsonNode problems() {
    return contract.at("/components/responses/Other");
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? contract.at(node.path("$ref").asText().substring(1)) : node;
  }

  private Stream<String> operations() {
    return StreamSupport.stream(
            ((Iterable<String>) () -> contract.path("paths").fieldNames()).spliterator(), false)
        .flatMap(
            path ->
                METHODS.stream()
                    .filter(method -> contract.path("paths").path(path).has(method))
                    .map(method -> method + " " + path));
  }

  private JsonNode operation(String methodAndPath) {
    String[] parts = methodAndPath.split(" ");
    return contract.path("paths").path(parts[1]).path(parts[0]);
  }

  private Set<String> queryOf(String methodAndPath) {
    Set<String> names = new TreeSet<>();
    JsonNode path = contract.path("paths").path(methodAndPath.split(" ")[1]);
    for (JsonNode parameters :
        List.of(path.path("parameters"), operation(methodAndPath).path("parameters"))) {
      for (JsonNode parameter : parameters) {
        JsonNode resolved = resolved(parameter);
        if (resolved.path("in").asText().equals("query")) {
          names.add(resolved.path("name").asText());
        }
      }
    }
    return names;
  }
}
