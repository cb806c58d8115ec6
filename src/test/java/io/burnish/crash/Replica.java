package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One replica of the packaged service, as a process of its own. */
final class Replica implements AutoCloseable {

  private static final Pattern LISTENS = Pattern.compile("Listening on: (http://\\S+\\w)");
  private static final Pattern MANAGEMENT =
      Pattern.compile("Management interface listening on (http://\\S+\\w)");
  private static final Pattern WORKER = Pattern.compile("Worker (\\S+) started");
  private static final Pattern ANSWERED =
      Pattern.compile(
          "burnish_call_duration_seconds_count\\{[^}]*outcome=\"answered\"[^}]*} [1-9]");

  private static final Pattern STALE = Pattern.compile("burnish_stale_outcomes_total (\\d+)");
  private static final Set<String> FINAL = Set.of("completed", "cancelled", "expired");
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Program program;
  private String url = "";

  private Replica(Program program) {
    this.program = program;
  }

  /** Where the build puts the packaged service. */
  static final Path APPLICATION = Path.of("target/quarkus-app");

  /**
   * A replica that is on its way up.
   *
   * @param application directory of the packaged service, of this version or of another
   */
  static Replica launch(Path output, Map<String, String> environment, Path application)
      throws IOException {
    return new Replica(
        Program.java(
            output,
            environment,
            List.of("-jar", application.resolve("quarkus-run.jar").toAbsolutePath().toString())));
  }

  /** Waits until it takes requests. */
  Replica untilUp() {
    url = program.says(LISTENS);
    return this;
  }

  Program program() {
    return program;
  }

  String url() {
    return url;
  }

  /** The id under which it claims. */
  String worker() {
    return program.says(WORKER);
  }

  /** Posts a batch; the new job's id. */
  String post(Batch batch) {
    Http.Answer answer = Http.send("POST", url + "/jobs", batch.body());
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().path("id").asText();
  }

  /** Posts a batch to a service that may not live to answer. */
  CompletableFuture<Http.Answer> postAside(Batch batch) {
    String target = url + "/jobs";
    return CompletableFuture.supplyAsync(() -> Http.send("POST", target, batch.body()));
  }

  JsonNode job(String id) {
    return Http.get(url + "/jobs/" + id).json();
  }

  /** Waits until the job is over. Answers that are late or broken are asked for again. */
  void untilEnded(String id) {
    await("for the end of job " + id)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> FINAL.contains(stateOf(id)));
  }

  private String stateOf(String id) {
    try {
      return job(id).path("state").asText();
    } catch (UncheckedIOException e) {
      return "";
    }
  }

  /** Titles of the job's results, in their order. */
  List<String> resultTitles(String id) {
    Http.Answer answer = Http.get(url + "/jobs/" + id + "/results");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().findValuesAsText("title");
  }

  /** Address of its management interface. */
  String management() {
    return program.says(MANAGEMENT);
  }

  /** Whether it had an answer of the provider: its first call begins late on a busy machine. */
  boolean hasCalled() {
    return ANSWERED.matcher(Http.get(management() + "/q/metrics").body()).find();
  }

  /** Outcomes that came too late, and were dropped. */
  int stale() {
    Matcher matcher = STALE.matcher(Http.get(management() + "/q/metrics").body());
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  void kill() {
    program.kill();
  }

  @Override
  public void close() {
    program.close();
  }
}
