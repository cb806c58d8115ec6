package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.crash.Database.Hold;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Results of jobs are written to their data directory by one of several replicas. */
class DataDirectoryIT {

  @RegisterExtension static final Environment STAGE = new Environment();

  @TempDir Path root;

  private Replica withDirectory(String node) throws IOException {
    return STAGE.start(node, Map.of("DISCOUNT_DATA_DIR", root.toString()));
  }

  private String posted(Replica replica, String directory, Batch batch) throws IOException {
    Files.createDirectories(root.resolve(directory));
    Files.writeString(root.resolve(directory).resolve("a.json"), batch.body());
    Http.Answer answer =
        Http.send("POST", replica.url() + "/jobs", "{\"dataDir\":\"%s\"}".formatted(directory));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().path("id").asText();
  }

  private static JsonNode writtenBack(Replica replica, String job) {
    await()
        .until(() -> replica.job(job).path("writeBack").path("state").asText().equals("written"));
    return replica.job(job).path("writeBack");
  }

  private void assertWhole(String directory, Batch batch) throws IOException {
    JsonNode enhanced =
        RecordJson.read(Files.readString(root.resolve(directory).resolve("enhanced_a.json")));
    assertThat(enhanced.findValuesAsText("title")).isEqualTo(batch.titlesInOrder());
    try (Stream<Path> files = Files.list(root.resolve(directory))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted().toList())
          .containsExactly("a.json", "enhanced_a.json");
    }
  }

  @Tag("crash")
  @Test
  void each_job_is_written_once_by_a_replica_that_has_the_directory() throws Exception {
    Replica without = STAGE.start("a");
    Replica one = withDirectory("b");
    Replica two = withDirectory("c");
    List<Batch> batches = new ArrayList<>();
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      batches.add(Batch.of(5));
      jobs.add(posted(i % 2 == 0 ? one : two, "d" + i, batches.get(i)));
    }
    String after = posted(two, "d0", batches.get(0));

    for (int i = 0; i < 6; i++) {
      assertThat(writtenBack(without, jobs.get(i)).path("tries").asInt()).isEqualTo(1);
      assertWhole("d" + i, batches.get(i));
    }
    assertThat(writtenBack(without, after).path("tries").asInt()).isEqualTo(1);
    assertWhole("d0", batches.get(0));
    assertThat(without.job(after).path("counts").path("reused").asInt()).isEqualTo(5);
  }

  @Test
  @Tag("crash")
  void killed_before_it_says_that_it_has_written_another_one_writes_the_same() throws Exception {
    Replica victim = withDirectory("a");
    Batch batch = Batch.of(5);
    String job = posted(victim, "d", batch);
    Path away = Files.move(root.resolve("d"), root.resolve("away"));
    victim.untilEnded(job);

    try (Hold hold =
        STAGE
            .database()
            .hold(
                Environment.DATABASE,
                "SELECT FROM job WHERE id = '%s' FOR UPDATE".formatted(UUID.fromString(job)))) {
      Files.move(away, root.resolve("d"));
      hold.untilBlocked(1);
      victim.kill();
    }
    assertWhole("d", batch);
    Files.writeString(root.resolve("d/.burnish-of-the-victim.part"), "[");
    Replica other = withDirectory("b");

    writtenBack(other, job);

    assertWhole("d", batch);
  }
}
