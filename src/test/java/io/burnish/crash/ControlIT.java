package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.record.RecordJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is asked of one replica holds for the others too. */
class ControlIT {

  private static final Map<String, String> SETTINGS = Map.of("BURNISH_CONCURRENCY", "4");

  /** How late a replica may begin the last call about a job that another one has stopped. */
  private static final Duration EFFECTIVE = Duration.ofSeconds(2);

  @RegisterExtension static final Environment STAGE = new Environment();

  private static JsonNode control(Replica replica, String job, String verb) {
    Http.Answer answer = Http.send("POST", replica.url() + "/jobs/" + job + "/" + verb, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static long items(String job, String state) {
    return STAGE
        .database()
        .number(
            Environment.DATABASE,
            "SELECT count(*) FROM item WHERE job_id = ? AND state = '%s'".formatted(state),
            UUID.fromString(job));
  }

  private static void untilBothWork(Replica... replicas) {
    for (Replica replica : replicas) {
      await()
          .until(
              () ->
                  STAGE
                          .database()
                          .number(
                              Environment.DATABASE,
                              "SELECT count(*) FROM item WHERE worker_id = ? AND state = 'running'",
                              UUID.fromString(replica.worker()))
                      > 0);
    }
  }

  /** No call about the batch began later than {@link #EFFECTIVE} after a moment. */
  private static void assertStopped(Batch batch, Instant moment) {
    await().until(() -> moment.plus(EFFECTIVE.multipliedBy(2)).isBefore(Instant.now()));
    assertThat(STAGE.provider().asked(batch))
        .isNotEmpty()
        .allMatch(asked -> asked.at().isBefore(moment.plus(EFFECTIVE)));
  }

  @Test
  void a_job_that_one_replica_pauses_and_another_cancels_is_stopped_on_both() throws Exception {
    Replica one = STAGE.start("a", SETTINGS);
    Replica other = STAGE.start("b", SETTINGS);
    Batch batch = Batch.of(300);
    STAGE.provider().answersTake(Duration.ofMillis(300));
    String job = one.post(batch);
    untilBothWork(one, other);

    control(one, job, "pause");
    assertStopped(batch, Instant.now());
    assertThat(other.job(job).path("state").asText()).isEqualTo("paused");

    control(other, job, "resume");
    untilBothWork(one, other);
    control(other, job, "cancel");
    Instant cancelled = Instant.now();
    one.untilEnded(job);
    assertStopped(batch, cancelled);

    JsonNode view = one.job(job);
    JsonNode counts = view.path("counts");
    assertThat(view.path("state").asText()).isEqualTo("cancelled");
    assertThat(counts.path("succeeded").asInt()).isPositive();
    assertThat(counts.path("succeeded").asInt() + counts.path("cancelled").asInt())
        .isEqualTo(batch.size());
    assertThat(other.resultTitles(job)).hasSize(counts.path("succeeded").asInt());
  }

  @Test
  @Tag("crash")
  void clients_of_a_replica_without_a_worker_see_what_another_one_does() throws Exception {
    Replica watched = STAGE.start("a", Map.of("BURNISH_WORKER_ENABLED", "false"));
    Replica worker = STAGE.start("b", SETTINGS);
    STAGE.provider().answersTake(Duration.ofMillis(200));
    String job = watched.post(Batch.of(40));

    CompletableFuture<Http.Answer> waiting =
        CompletableFuture.supplyAsync(() -> Http.get(watched.url() + "/jobs/" + job + "?wait=60"));
    Event first = events(watched, job, "", 1);
    Event last = events(watched, job, first.id(), Integer.MAX_VALUE);

    assertThat(first.state()).isIn("queued", "running");
    assertThat(last.state()).isEqualTo("completed");
    assertThat(waiting.get().json().path("state").asText()).isEqualTo("completed");
    assertThat(events(worker, job, first.id(), Integer.MAX_VALUE)).isEqualTo(last);
  }

  /** An event of a job: its id, and the state in it. */
  private record Event(String id, String state) {}

  /** The last of the next events, until the stream ends. */
  private static Event events(Replica replica, String job, String lastId, int most)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(replica.url() + "/jobs/" + job + "/events"));
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      return read(lines, most);
    }
  }

  private static Event read(BufferedReader lines, int most) throws IOException {
    String id = "";
    Event last = new Event("", "");
    int count = 0;
    for (String line = lines.readLine(); line != null && count < most; line = lines.readLine()) {
      if (line.startsWith("id:")) {
        id = line.substring(3).strip();
      } else if (line.startsWith("data:")) {
        last = new Event(id, RecordJson.read(line.substring(5)).path("state").asText());
        count++;
      }
    }
    return last;
  }

  @Test
  @Tag("crash")
  void a_cancel_that_is_cut_off_by_a_kill_is_finished_by_another_replica() throws Exception {
    Map<String, String> settings = Map.of("BURNISH_CONCURRENCY", "4");
    Replica victim = STAGE.start("a", settings);
    STAGE.provider().answersTake(Duration.ofMillis(500));
    Batch batch = Batch.of(60_000);
    String job = victim.post(batch);
    await().until(() -> items(job, "succeeded") > 0);

    CompletableFuture<Http.Answer> cancelling =
        CompletableFuture.supplyAsync(
            () -> Http.send("POST", victim.url() + "/jobs/" + job + "/cancel", ""));
    await().pollInterval(Duration.ofMillis(5)).until(() -> items(job, "cancelled") > 0);
    victim.kill();
    cancelling.handle((answer, failure) -> answer).join();
    long left = items(job, "ready") + items(job, "waiting");
    long paid = items(job, "succeeded");
    Replica other = STAGE.start("b", settings);
    other.untilEnded(job);

    assertThat(left).as("left by the cancel that was cut off").isPositive();
    JsonNode counts = other.job(job).path("counts");
    assertThat(other.job(job).path("state").asText()).isEqualTo("cancelled");
    for (String open : new String[] {"ready", "waiting", "running"}) {
      assertThat(items(job, open)).as(open).isZero();
    }
    assertThat(items(job, "cancelled")).isEqualTo(counts.path("cancelled").asLong());
    assertThat(items(job, "succeeded"))
        .isEqualTo(counts.path("succeeded").asLong())
        .isGreaterThanOrEqualTo(paid);
    assertThat(other.resultTitles(job)).hasSize(counts.path("succeeded").asInt());
    assertThat(counts.path("succeeded").asInt() + counts.path("cancelled").asInt())
        .isEqualTo(batch.size());
  }
}
