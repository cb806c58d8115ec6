package io.burnish.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the examples of docs/api.md. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ApiDocTest {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private static final String MODEL = "simulated%2Fopenai%2Fgpt-oss-120b";

  private static final Path DOCUMENT = Path.of("docs/api.md");

  /** A block of commands, and the block of JSON that follows it, if one does. */
  private static final Pattern EXAMPLE =
      Pattern.compile("```bash\n(.*?)```\n(?:\n```json\n(.*?)```)?", Pattern.DOTALL);

  private static final Pattern STATUS = Pattern.compile("\\s+#\\s+(\\d{3})?[^\\n]*$");

  private static final Pattern ONLY_OPEN =
      Pattern.compile("/(cancel|pause|resume)$|/actions$|\\{\"maxCost\":2}|\"priority\"");

  private static final Map<String, String> FILES =
      Map.of(
          "a.json", "[{\"discount_id\":\"1\",\"title\":\"20% off lamps of the first file\"}]",
          "b.json", "[{\"discount_id\":\"2\",\"title\":\"30% off lamps of the second file\"}]",
          "discounts.json", "[{\"discount_id\":\"1\",\"title\":\"20% off lamps\"}]",
          "discounts.ndjson", "{\"discount_id\":\"1\",\"title\":\"20% off lamps\"}\n",
          "groq_tracking_state.json", "{\"processed_discounts\":[70001],\"failed_discounts\":[]}");

  @TestHTTPResource URL url;

  /**
   * A command of the document.
   *
   * @param text without its comment
   * @param status that it must have
   * @param answer the documented one; null: only the status is
   */
  record Example(String text, int status, @Nullable String answer) {

    @Override
    public String toString() {
      return text;
    }
  }

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (MatchResult block : EXAMPLE.matcher(Files.readString(DOCUMENT)).results().toList()) {
      List<String> commands = commands(block.group(1));
      for (int i = 0; i < commands.size(); i++) {
        Matcher comment = STATUS.matcher(commands.get(i));
        boolean commented = comment.find();
        boolean isLast = i == commands.size() - 1;
        examples.add(
            new Example(
                commented ? commands.get(i).substring(0, comment.start()) : commands.get(i),
                commented && comment.group(1) != null ? Integer.parseInt(comment.group(1)) : 200,
                isLast ? block.group(2) : null));
      }
    }
    return examples;
  }

  /** Each begins with curl, and may go on on further lines. */
  private static List<String> commands(String block) {
    return Stream.of(block.split("\n(?=curl )"))
        .map(String::strip)
        .filter(command -> !command.isEmpty())
        .toList();
  }

  /** A job of which a record succeeded and one failed; or one that goes on only with a budget. */
  private static String job(String command) {
    if (ONLY_OPEN.matcher(command.replaceAll("['\"]?\\s*$", "")).find()) {
      return Api.post(
          "{\"options\":{\"maxTokens\":1},\"files\":[{\"name\":\"a.json\",\"records\":%s}]}"
              .formatted(Discounts.list(Discounts.readable("7"))));
    }
    String id =
        Api.post(
            "{\"files\":[{\"name\":\"a.json\",\"records\":%s}]}"
                .formatted(Discounts.list(Discounts.readable("7"), Discounts.empty("8"))));
    Api.ended(id);
    return id;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void the_answer_is_as_documented(Example example) throws Exception {
    String id = example.text().contains("$ID") ? job(example.text()) : "";
    CurlCommand command =
        CurlCommand.parse(
            example.text(),
            Map.of("BURNISH", url.toString().replaceFirst("/$", ""), "ID", id, "MODEL", MODEL));

    Answer answer = run(command);

    assertThat(answer.status()).as(answer.body()).isEqualTo(example.status());
    if (example.answer() != null) {
      JsonNode json = RecordJson.read(answer.body());
      assertThat(DocumentedJson.of(example.answer()).differences(json)).as(answer.body()).isEmpty();
    }
  }

  @Test
  void each_operation_of_the_contract_has_an_example() throws IOException {
    JsonNode paths =
        RecordJson.read(given().queryParam("format", "json").get("/q/openapi").asString())
            .path("paths");
    Set<String> missing = new TreeSet<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method)) {
                            missing.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    for (Example example : examples()) {
      CurlCommand command =
          CurlCommand.parse(example.text(), Map.of("BURNISH", "", "ID", "id", "MODEL", MODEL));
      String address = command.address().replaceFirst("\\?.*", "");
      missing.removeIf(
          operation -> {
            String[] parts = operation.split(" ");
            return parts[0].equals(command.method())
                && address.matches(parts[1].replaceAll("\\{\\w+}", "[^/]+"));
          });
    }
    assertThat(missing).isEmpty();
  }

  /** The status and the body of a response; of a stream, its first event. */
  private record Answer(int status, String body) {}

  private static Answer run(CurlCommand command) throws Exception {
    if (!command.parts().isEmpty()) {
      return upload(command);
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(command.address()));
    command.headers().forEach(request::header);
    String body = command.body();
    request.method(
        command.method(),
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(content(body)));
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream stream = response.body()) {
      return new Answer(
          response.statusCode(),
          command.address().endsWith("/events")
              ? firstEvent(stream)
              : new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Up to the first empty line: an event, or a comment that shows that the stream is there. */
  private static String firstEvent(InputStream stream) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    StringBuilder event = new StringBuilder();
    for (String line = reader.readLine();
        line != null && !line.isEmpty();
        line = reader.readLine()) {
      event.append(line).append('\n');
    }
    assertThat(event).isNotEmpty();
    return event.toString();
  }

  private static Answer upload(CurlCommand command) {
    RequestSpecification request = given();
    for (String part : command.parts()) {
      String name = part.substring(0, part.indexOf('='));
      String value = part.substring(name.length() + 1);
      if (value.startsWith("@")) {
        request.multiPart(
            name, value.substring(1), content(value).getBytes(StandardCharsets.UTF_8));
      } else {
        String[] typed = value.split(";type=");
        request.multiPart(name, typed[0], typed[1]);
      }
    }
    Response response = request.post(command.address());
    return new Answer(response.statusCode(), response.asString());
  }

  private static String content(String body) {
    return body.startsWith("@") ? FILES.get(body.substring(1)) : body;
  }
}
