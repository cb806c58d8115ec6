package io.burnish.crash;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The simulated provider as a process of its own. Its log of calls is the reference of a test: it
 * does not depend on what the service says.
 */
final class Provider implements AutoCloseable {

  private static final Pattern LISTENS = Pattern.compile("listens at (\\S+)");

  private final Program program;
  private final Path log;
  private final String url;

  private Provider(Program program, Path log) {
    this.program = program;
    this.log = log;
    this.url = program.says(LISTENS);
  }

  static Provider start(Path directory, List<String> options) throws IOException {
    Path log = directory.resolve("calls.ndjson");
    Path application = Path.of("target/quarkus-app").toAbsolutePath();
    List<String> command =
        new ArrayList<>(
            List.of(
                "-cp",
                application.resolve("lib/main") + "/*:" + application.resolve("app") + "/*",
                "io.burnish.simulator.Main",
                "--tokens=characters",
                "--log=" + log));
    command.addAll(options);
    return new Provider(Program.java(directory.resolve("provider.log"), Map.of(), command), log);
  }

  /** For {@code GROQ_BASE_URL}. */
  String url() {
    return url;
  }

  /** From now on answers take so long. */
  void answersTake(Duration time) {
    Http.send("POST", control("/settings"), "{\"latency\":\"%dms\"}".formatted(time.toMillis()));
  }

  /** From now on every call to this model has that fault. */
  void faultOf(String model, String kind) {
    Http.send(
        "POST", control("/faults"), "{\"model\":\"%s\",\"kind\":\"%s\"}".formatted(model, kind));
  }

  /** From now on every call with a record that contains this text has that fault. */
  void faultAbout(String text, String kind) {
    Http.send(
        "POST",
        control("/faults"),
        "{\"containing\":\"%s\",\"kind\":\"%s\"}".formatted(text, kind));
  }

  /** From now on no call has a fault. */
  void withoutFaults() {
    Http.send("POST", control("/faults"), "{\"clear\":true}");
  }

  /** Calls that came and are not answered yet. */
  int inFlight() {
    return Http.get(control("/totals")).json().path("inFlight").asInt();
  }

  /** Waits until so many calls have come and are not answered yet. */
  void untilInFlight(int calls) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> inFlight() >= calls);
  }

  /** Waits until no call is unanswered: whatever was ever sent is in the log then. */
  void untilQuiet() {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> inFlight() == 0);
  }

  private String control(String path) {
    return url.replace("/openai/v1", "/simulator") + path;
  }

  /** One record in one call, by the log. */
  record Asked(Instant at, int status, String title) {}

  /** Each time that a record of the batch was in a call, answered or not, oldest first. */
  List<Asked> asked(Batch batch) {
    List<Asked> asked = new ArrayList<>();
    for (String line : lines()) {
      JsonNode call = RecordJson.read(line);
      for (JsonNode record : call.path("records")) {
        if (batch.titles().contains(record.path("title").asText())) {
          asked.add(
              new Asked(
                  Instant.parse(call.path("at").asText()),
                  call.path("status").asInt(),
                  record.path("title").asText()));
        }
      }
    }
    return asked;
  }

  private List<String> lines() {
    try {
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
