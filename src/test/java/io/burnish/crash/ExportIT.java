package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.crash.Database.Hold;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Errors while results are fetched: a client must not take a part for the whole. */
@Tag("crash")
class ExportIT {

  private static final int RECORDS = 1_000;

  /** So long a text that not all of it fits between the service and a client that does not read. */
  private static final String LONG_TEXT = "all kinds of lamps, ".repeat(1_000);

  @RegisterExtension static final Environment STAGE = new Environment();

  @TempDir Path directory;

  @Test
  void killed_in_a_download_the_client_sees_that_it_is_cut_short() throws Exception {
    Replica victim = STAGE.start("a");
    String job = stored(victim);

    CompletableFuture<Void> rest;
    try (InputStream results =
        URI.create(victim.url() + "/jobs/" + job + "/results").toURL().openStream()) {
      results.readNBytes(100_000);
      try (Hold hold =
          STAGE.database().hold(Environment.DATABASE, "LOCK TABLE item IN ACCESS EXCLUSIVE MODE")) {
        rest = CompletableFuture.runAsync(() -> readToTheEnd(results));
        hold.untilBlocked(1);
        victim.kill();
      }
      assertThatThrownBy(rest::join)
          .isInstanceOf(CompletionException.class)
          .hasRootCauseInstanceOf(IOException.class);
    }
    Replica next = STAGE.start("a");

    JsonNode whole = Http.get(next.url() + "/jobs/" + job + "/results").json();
    assertThat(whole.findValuesAsText("discount_id"))
        .isEqualTo(IntStream.range(0, RECORDS).mapToObj(Integer::toString).toList());
  }

  private static void readToTheEnd(InputStream stream) {
    try {
      stream.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A job of many large records that came enhanced. */
  private static String stored(Replica replica) {
    Batch one = Batch.of(1);
    String first = replica.post(one);
    replica.untilEnded(first);
    JsonNode enhanced = Http.get(replica.url() + "/jobs/" + first + "/results").json().get(0);
    ObjectNode body = RecordJson.object().put("mode", "store");
    ArrayNode records = body.putArray("records");
    for (int i = 0; i < RECORDS; i++) {
      ObjectNode record = enhanced.deepCopy();
      records.add(record.put("discount_id", Integer.toString(i)).put("description", LONG_TEXT));
    }
    Http.Answer answer = Http.send("POST", replica.url() + "/jobs", RecordJson.write(body));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().path("id").asText();
  }

  @Test
  void the_disk_is_full_and_no_half_file_is_left() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=512k", "burnish", disk.toString()))
        .as("status of mount; only root may")
        .isZero();
    try {
      Replica replica = STAGE.start("a");
      Batch batch = Batch.of(100);
      Files.writeString(disk.resolve("offers.json"), batch.body());
      fill(disk.resolve("other"));

      Built full = build(replica, disk);
      List<String> left = names(disk);
      Files.delete(disk.resolve("other"));
      Built again = build(replica, disk);

      assertThat(full.status()).as(full.output()).isEqualTo(1);
      assertThat(left).containsExactlyInAnyOrder("offers.json", "other");
      assertThat(again.status()).as(again.output()).isZero();
      assertThat(
              RecordJson.read(Files.readString(disk.resolve("enhanced_offers.json")))
                  .findValuesAsText("title"))
          .isEqualTo(batch.titlesInOrder());
      assertThat(STAGE.provider().asked(batch)).hasSize(batch.size());
    } finally {
      run("umount", disk.toString());
    }
  }

  /** Leaves room for less than a result. */
  private static void fill(Path file) throws IOException {
    byte[] page = new byte[4_096];
    try (var out = Files.newOutputStream(file)) {
      while (file.toFile().getUsableSpace() > 2 * page.length) {
        out.write(page);
      }
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** What a run of the script left. */
  private record Built(int status, String output) {}

  private Built build(Replica replica, Path data) throws Exception {
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "./build.sh", "2", "--data-dir", data.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "BURNISH_URL", replica.url(),
                "BURNISH_STATE", directory.resolve("state").toString()));
    builder.environment().remove("RESET_GROQ_TRACKING");
    int status = builder.start().waitFor();
    return new Built(status, Files.readString(output));
  }

  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      return 127;
    }
  }
}
