package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.record.RecordJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that wait at one replica learn what another one does. */
@Tag("crash")
class WatchIT {

  private static final Map<String, String> SETTINGS = Map.of("BURNISH_CONCURRENCY", "4");

  private static final Map<String, String> WITHOUT_WORKER =
      Map.of("BURNISH_WORKER_ENABLED", "false");

  @RegisterExtension static final Environment STAGE = new Environment();

  private static Http.Answer get(Replica replica, String job, int wait, String tag) {
    return Http.get(
        "%s/jobs/%s?wait=%d".formatted(replica.url(), job, wait), Map.of("If-None-Match", tag));
  }

  private static Http.Answer control(Replica replica, String job, String verb) {
    Http.Answer answer = Http.send("POST", replica.url() + "/jobs/" + job + "/" + verb, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static String tag(Replica replica, String job) {
    return Http.get(replica.url() + "/jobs/" + job).tag();
  }

  @Test
  void clients_of_a_replica_without_a_worker_see_what_another_one_does() throws Exception {
    Replica watched = STAGE.start("a", WITHOUT_WORKER);
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

  @Test
  void a_client_that_knows_the_job_is_answered_when_another_replica_changes_it() throws Exception {
    Replica one = STAGE.start("a", WITHOUT_WORKER);
    Replica other = STAGE.start("b", WITHOUT_WORKER);
    String job = one.post(Batch.of(2));
    control(one, job, "pause");
    String known = tag(one, job);

    long from = System.nanoTime();
    Http.Answer unchanged = get(other, job, 1, known);
    Duration waited = Duration.ofNanos(System.nanoTime() - from);
    CompletableFuture<Http.Answer> waiting =
        CompletableFuture.supplyAsync(() -> get(other, job, 60, known));
    control(one, job, "resume");
    Http.Answer changed = waiting.get();

    assertThat(tag(other, job)).isEqualTo(changed.tag()).isNotEqualTo(known);
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.tag()).isEqualTo(known);
    assertThat(waited).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().path("state").asText()).isEqualTo("queued");
  }

  @Test
  void events_go_on_at_another_replica_from_the_last_id() throws Exception {
    Replica one = STAGE.start("a", WITHOUT_WORKER);
    Replica other = STAGE.start("b", SETTINGS);
    String job = one.post(Batch.of(3));
    control(one, job, "pause");
    Event paused = events(one, job, "", 1);

    CompletableFuture<Event> next =
        CompletableFuture.supplyAsync(() -> events(other, job, paused.id(), 1));
    control(one, job, "resume");
    Event resumed = next.get();
    Event last = events(one, job, resumed.id(), Integer.MAX_VALUE);

    assertThat(paused.state()).isEqualTo("paused");
    assertThat(resumed.state()).isNotEqualTo("paused");
    assertThat(resumed.id()).isNotEqualTo(paused.id());
    assertThat(last.state()).isEqualTo("completed");
  }

  /** An event of a job: its id, and the state in it. */
  private record Event(String id, String state) {}

  /** The last of the next events, until the stream ends. */
  private static Event events(Replica replica, String job, String lastId, int most) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(replica.url() + "/jobs/" + job + "/events"));
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
            .join();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      return read(lines, most);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
}
