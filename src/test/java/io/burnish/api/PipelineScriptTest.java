package io.burnish.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Discounts;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that the pipelines of docs/pipelines.md run. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class PipelineScriptTest {

  private static final Path SCRIPT = Path.of("examples/pipelines/enhance.sh").toAbsolutePath();

  @TestHTTPResource("/")
  URI service;

  @TempDir Path data;

  private String said = "";

  @BeforeEach
  void needs_curl() throws Exception {
    assumeTrue(isThere("curl") && isThere("sha256sum"), "curl and sha256sum are there");
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private int run(String url, String... files) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
    command.addAll(List.of(files));
    ProcessBuilder script =
        new ProcessBuilder(command).directory(data.toFile()).redirectErrorStream(true);
    script.environment().put("BURNISH_URL", url);
    script.environment().put("BURNISH_RUN", UUID.randomUUID().toString());
    Process process = script.start();
    said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String url() {
    return service.toString().replaceAll("/$", "");
  }

  @Test
  void results_are_fetched_when_all_succeed() throws Exception {
    Files.writeString(data.resolve("a b.json"), Discounts.list(Discounts.readable("pipeline-1")));
    Files.writeString(data.resolve("c.json"), Discounts.list(Discounts.readable("pipeline-2")));

    assertThat(run(url(), "a b.json", "c.json")).as(said).isZero();

    assertThat(RecordJson.read(Files.readString(data.resolve("enhanced/results.json")))).hasSize(2);
    assertThat(said).contains("completed, succeeded");
  }

  @Test
  void failures_fail_the_build() throws Exception {
    Files.writeString(data.resolve("a.json"), Discounts.list(Discounts.empty("pipeline-3")));

    assertThat(run(url(), "a.json")).as(said).isEqualTo(2);

    assertThat(
            RecordJson.read(Files.readString(data.resolve("enhanced/failures.json")))
                .at("/0/code")
                .asText())
        .isEqualTo("nothing_to_enhance");
  }

  @Test
  void what_can_not_run_says_why() throws Exception {
    Files.writeString(data.resolve("a.json"), "{");

    assertThat(run(url(), "a.json")).as(said).isEqualTo(1);
    assertThat(said).contains("a.json");
    assertThat(run(url())).isEqualTo(1);
    assertThat(said).contains("usage");
  }
}
