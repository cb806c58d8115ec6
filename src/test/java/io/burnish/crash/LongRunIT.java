package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.LongTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Half an hour of three replicas under the production default: long texts, limits that the provider
 * tells, a replica killed every two minutes, the database twice. The alerts that should fire do,
 * and no other: {@code ./mvnw verify -Psoak -Dit.test=LongRunIT}.
 */
@Tag("soak")
class LongRunIT {

  private static final Duration RUN = Duration.ofMinutes(Integer.getInteger("soak.minutes", 30));

  private static final Duration BETWEEN_KILLS = Duration.ofMinutes(2);
  private static final Duration BETWEEN_POSTS = Duration.ofSeconds(10);
  private static final Duration FIRST_SCRAPES = Duration.ofSeconds(15);
  private static final int RECORDS = 40;

  /** Nothing listens there. */
  private static final String CALLBACK = "http://127.0.0.1:1/";

  private static final String GONE = "openai/gpt-oss-20b";

  @RegisterExtension
  static final Environment STAGE =
      new Environment(
          Map.of(
              "BURNISH_PLAN", "auto",
              "BURNISH_PACK", "16",
              "BURNISH_WORKER_HEARTBEAT", "5s",
              "BURNISH_WORKER_SILENCE", "30s",
              "BURNISH_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
              "BURNISH_CALLBACK_ALLOW", "127.0.0.1"),
          List.of(
              "--limits=*=900/30000/240000/6000000",
              "--latency=4s",
              "--faults=throttled=2%,overloaded=1%"));

  private final Map<String, Replica> replicas = new LinkedHashMap<>();
  private final List<Invariants.Posted> posted = new ArrayList<>();
  private final Instant start = Instant.now();
  private int started;
  private int kills;

  @Test
  void the_alerts_that_should_fire_do_and_nothing_is_lost() throws Exception {
    Path directory = Path.of("target/crash/LongRunIT/prometheus").toAbsolutePath();
    Files.createDirectories(directory);
    try (Prometheus prometheus = Prometheus.start(directory)) {
      for (int i = 0; i < 3; i++) {
        addReplica(prometheus);
      }
      pause(FIRST_SCRAPES);
      Instant complete = Instant.now();
      Instant nextKill = start.plus(BETWEEN_KILLS);
      Instant nextPost = Instant.now();
      int restarts = 0;
      boolean gone = false;
      while (elapsed().compareTo(RUN) < 0) {
        if (restarts < 2 && elapsed().compareTo(RUN.multipliedBy(restarts + 1).dividedBy(3)) > 0) {
          restarts++;
          STAGE.database().kill();
          pause(Duration.ofSeconds(10));
          STAGE.database().startAgain();
        }
        if (!gone && elapsed().compareTo(RUN.dividedBy(2)) > 0) {
          gone = true;
          STAGE.provider().faultOf(GONE, "DECOMMISSIONED");
        }
        String oldest = replicas.keySet().iterator().next();
        if (Instant.now().isAfter(nextKill) && STAGE.tables().held(replicas.get(oldest)) > 0) {
          nextKill = nextKill.plus(BETWEEN_KILLS);
          replicas.remove(oldest).kill();
          prometheus.remove(oldest);
          kills++;
          addReplica(prometheus);
        }
        if (Instant.now().isAfter(nextPost)) {
          nextPost = nextPost.plus(BETWEEN_POSTS);
          post();
        }
        pause(Duration.ofMillis(500));
      }
      judge(prometheus, Duration.between(complete, Instant.now()));
    }
    Replica any = replicas.values().iterator().next();
    for (Invariants.Posted job : posted) {
      Invariants.isWhole(STAGE, any, job, Integer.MAX_VALUE);
    }
  }

  private void judge(Prometheus prometheus, Duration time) throws IOException {
    String whole = "[%ds:5s])".formatted(time.toSeconds());
    Map<String, Double> fired =
        prometheus.query(
            "alertname",
            "count_over_time(ALERTS{alertstate=\"firing\"}" + whole.replace(":5s", ""));
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("jobs", (double) posted.size());
    figures.put("replicas killed", (double) kills);
    figures.put(
        "fewest replicas scraped at once",
        prometheus.query("", "min_over_time((count(up == 1) or vector(0))" + whole).get(""));
    figures.put(
        "oldest ready record, s",
        prometheus
            .query("", "max_over_time(max(burnish_queue_oldest_ready_seconds)" + whole)
            .get(""));
    figures.put(
        "records enhanced, by the counters of the replicas that live",
        prometheus.query("", "sum(burnish_items_total{state=\"succeeded\"})").get(""));
    Files.writeString(
        Path.of("target/crash/LongRunIT/figures.txt"),
        "%s\nalerts that fired, and evaluations at which they did: %s\n".formatted(figures, fired));

    assertThat(fired.keySet())
        .containsExactlyInAnyOrder(
            "BurnishItemsRescued", "BurnishModelGone", "BurnishCallbacksFailing");
    assertThat(figures.get("fewest replicas scraped at once")).isGreaterThanOrEqualTo(2);
  }

  private void addReplica(Prometheus prometheus) throws IOException {
    String pod = "burnish-" + ++started;
    Replica replica = STAGE.start(pod);
    replicas.put(pod, replica);
    prometheus.add(pod, replica);
  }

  /** At whichever replica takes it. */
  private void post() {
    Batch batch = new Batch(List.of(LongTexts.discounts(RECORDS)));
    String body =
        "{\"options\":{\"callbackUrl\":\"%s\"},\"records\":%s}"
            .formatted(CALLBACK, Discounts.list(batch.records().toArray(ObjectNode[]::new)));
    for (Replica replica : replicas.values()) {
      try {
        Http.Answer answer = Http.send("POST", replica.url() + "/jobs", body);
        if (answer.status() == 202) {
          posted.add(new Invariants.Posted(batch, answer.json().path("id").asText()));
          return;
        }
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      } catch (UncheckedIOException e) {
        // Its answer was lost; the next replica is asked.
      }
    }
  }

  private Duration elapsed() {
    return Duration.between(start, Instant.now());
  }

  private static void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
