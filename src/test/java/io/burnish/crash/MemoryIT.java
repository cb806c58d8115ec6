package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Large records in a small heap ({@link Program} gives 256 MB): they are worked on or fail, the
 * others are done, and the service stays well.
 */
@Tag("crash")
class MemoryIT {

  private static final int MANY = 300;
  private static final int STATE_FILE_IDS = 490_000;

  @RegisterExtension static final Environment STAGE = new Environment();

  @TempDir Path directory;

  /** Defect S1-1: records of 7.8 MB, 383 kB packed for 50 of them, stopped all work for ever. */
  @Test
  void records_of_several_megabytes_stop_no_replica() throws Exception {
    Replica replica =
        STAGE.start("a", Map.of("BURNISH_INTAKE_MAX_RECORD", "8M", "BURNISH_PACK", "16"));

    String bomb = post(replica, "bomb", 6, i -> 7_800_000);
    String usual = post(replica, "usual", 100, i -> 200);

    replica.untilEnded(usual);
    replica.untilEnded(bomb);
    assertThat(replica.job(usual).path("counts").path("succeeded").asInt()).isEqualTo(100);
    assertThat(replica.job(bomb).path("counts").path("total").asInt()).isEqualTo(6);
    isWell(replica);
  }

  @Test
  void many_large_records_and_usual_ones_are_all_done() throws Exception {
    Replica replica = STAGE.start("a", Map.of("BURNISH_PACK", "16"));

    String large = post(replica, "large", MANY, i -> 100_000 + i % 4 * 50_000 - 2_000);
    String usual = post(replica, "usual", 500, i -> 2_000);

    replica.untilEnded(usual);
    replica.untilEnded(large);
    assertThat(replica.job(usual).path("counts").path("succeeded").asInt()).isEqualTo(500);
    assertThat(replica.job(large).path("counts").path("succeeded").asInt()).isEqualTo(MANY);
    assertThat(replica.resultTitles(large)).hasSize(MANY);
    isWell(replica);
  }

  @Test
  void a_state_file_of_31_megabytes_is_taken_over() throws Exception {
    Replica replica = STAGE.start("a", Map.of());
    StringBuilder file = new StringBuilder("{\"processed_discounts\":[\"0\"");
    for (int i = 1; i < STATE_FILE_IDS; i++) {
      file.append(",\"").append("i".repeat(55)).append(i).append('"');
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(replica.url() + "/tracking/state"))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(file.append("]}").toString()))
            .build();

    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(RecordJson.read(answer.body()).path("processed").asInt()).isEqualTo(STATE_FILE_IDS);
    isWell(replica);
  }

  private static void isWell(Replica replica) {
    assertThat(Http.get(replica.url() + "/q/health").json().path("status").asText())
        .isEqualTo("UP");
    assertThat(replica.program().output())
        .doesNotContain("OutOfMemoryError", "could not claim", "Internal error");
  }

  /** Posts records with descriptions of so many characters, packed; the job's id. */
  private String post(Replica replica, String name, int records, IntUnaryOperator length)
      throws IOException, InterruptedException {
    Path body = directory.resolve(name + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(body))) {
      for (int i = 0; i < records; i++) {
        ObjectNode record = RecordJson.object();
        record.put("discount_id", name + i);
        record.put("price", "10%");
        record.put("title", "10% off lamps, " + name + " " + i);
        record.put("description", "a b ".repeat(length.applyAsInt(i) / 4));
        out.write((RecordJson.write(record) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(replica.url() + "/jobs"))
            .header("Content-Type", "application/x-ndjson")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofFile(body))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return RecordJson.read(answer.body()).path("id").asText();
  }
}
