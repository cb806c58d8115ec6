package io.burnish.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.burnish.fixtures.Directories;
import io.burnish.fixtures.Discounts;
import io.burnish.local.LocalServices;
import io.burnish.record.RecordJson;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file in, the packaged service with its own PostgreSQL and the simulated provider, files out:
 * what a newcomer and a pipeline do.
 */
class BuildScriptIT {

  /** A local service's PostgreSQL, with its data made: that takes seconds each time. */
  @TempDir static Path madeDatabase;

  @TempDir Path data;
  @TempDir Path state;

  @BeforeAll
  static void make_the_data_of_a_local_database() {
    LocalServices.start(
            new SmallRyeConfigBuilder()
                .withDefaultValue("burnish.database.directory", madeDatabase.toString())
                .withDefaultValue("burnish.provider.kind", "groq")
                .build())
        .close();
  }

  /** The local service starts on data that are there. Without it, it makes them. */
  private void withMadeDatabase() throws IOException {
    Directories.copy(madeDatabase, state.resolve("burnish/postgresql"));
  }

  /** What a run of the script left. */
  private record Run(int exit, String output) {}

  @Test
  void files_in_enhanced_files_out_and_a_second_run_makes_no_call() throws Exception {
    write(
        "clubs/a b.json",
        Discounts.list(Discounts.readable("1"), Discounts.readable("2", "1+1 on soap")));
    write(
        "גדול.json",
        Discounts.list(Discounts.readable("1", "מ-1,109 ₪ לאדם"), Discounts.empty("2")));
    write("broken.json", "[\n  {\"title\": \"רח\"ל\"}\n]");

    Run first = build("2");
    Run second = build("2", Map.of("LC_ALL", "C"));

    assertThat(first.exit()).as(first.output()).isEqualTo(2);
    assertThat(first.output())
        .contains("SIMULATED PROVIDER")
        .contains("broken.json: REJECTED, not JSON at line 2, column 17")
        .contains("4 records: 3 succeeded (0 reused), 1 failed")
        .contains("1 x nothing_to_enhance");
    assertThat(prices("clubs/enhanced_a b.json")).containsExactly("20", "1");
    assertThat(prices("enhanced_גדול.json")).containsExactly("1109");
    assertThat(read("failed_גדול.json").findValuesAsText("discount_id")).containsExactly("2");
    assertThat(data.resolve("clubs/failed_a b.json")).doesNotExist();
    assertThat(data.resolve("enhanced_broken.json")).doesNotExist();
    assertThat(Files.readString(state.resolve("burnish/burnish.log")))
        .contains("SIMULATED provider")
        .doesNotContain("already registered");
    assertThat(second.exit()).isEqualTo(2);
    assertThat(second.output())
        .contains("4 records: 3 succeeded (3 reused), 1 failed")
        .doesNotContain("  model ");
    assertThat(prices("enhanced_גדול.json")).containsExactly("1109");
  }

  @Tag("slow")
  @Test
  void enhanced_files_are_stored_without_a_provider() throws Exception {
    withMadeDatabase();
    write("a.json", Discounts.list(Discounts.readable("1")));
    for (int i = 0; i < 100; i++) {
      write("many/%d.json".formatted(i), "[]");
    }
    Run enhanced = build("2");
    Directories.delete(data.resolve("many"));

    Run stored = build("1");

    assertThat(enhanced.exit()).as(enhanced.output()).isZero();
    assertThat(stored.exit()).as(stored.output()).isZero();
    assertThat(stored.output()).contains("1 records: 1 succeeded", "enhanced_a.json");
  }

  @Tag("slow")
  @Test
  void what_an_old_state_file_lists_is_not_sent_and_the_old_results_are_kept() throws Exception {
    withMadeDatabase();
    write("a.json", Discounts.list(Discounts.readable("1"), Discounts.readable("2")));
    write("enhanced_a.json", "[{\"discount_id\":\"1\"}]");
    write("my state.json", "{\"processed_discounts\":[\"1\"],\"failed_discounts\":[]}");
    write("broken state.json", "{\"processed_discounts\":[");
    Path state = data.resolve("my state.json");

    Run refused = build("2", "--tracking-state", data.resolve("broken state.json").toString());
    Files.delete(data.resolve("broken state.json"));
    Run first = build("2", "--tracking-state", state.toString());
    Run second = build("2", "--tracking-state=" + state);

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output()).contains("refused", "not JSON at line 1, column 25");
    assertThat(first.exit()).as(first.output()).isZero();
    assertThat(first.output())
        .contains("2 records: 1 succeeded (0 reused), 1 failed", "1 x processed_before")
        .contains("1 of those that failed were not sent, because they were done before");
    assertThat(second.output()).contains("2 records: 1 succeeded (1 reused), 1 failed");
    assertThat(read("enhanced_a.json").findValuesAsText("discount_id")).containsExactly("2");
    assertThat(read("enhanced_a.json.old").findValuesAsText("discount_id")).containsExactly("1");
    assertThat(data.resolve("failed_a.json")).doesNotExist();
  }

  @Test
  void a_missing_key_is_said_in_one_sentence() throws Exception {
    write("a.json", Discounts.list(Discounts.readable("1")));

    Run run = build("2", Map.of("BURNISH_PROVIDER", "groq"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains("GROQ_API_KEY is not set", "BURNISH_PROVIDER=simulated");
  }

  @Test
  void wrong_use_is_explained() throws Exception {
    assertThat(build("3").exit()).isEqualTo(1);
    assertThat(build("2", "--log-level", "LOUD").output()).contains("must be DEBUG, INFO");
    assertThat(build("2").output()).contains("no *.json below");
    assertThat(build("1", "--tracking-state", "x").output()).contains("goes with ./build.sh 2");
    assertThat(build("2", "--tracking-state", "x").output()).contains("there is no file x");
  }

  @Test
  void what_can_not_work_is_said_with_its_reason_before_anything_is_sent(@TempDir Path elsewhere)
      throws Exception {
    write("a.json", Discounts.list(Discounts.readable("1")));
    Files.createSymbolicLink(data.resolve("gone.json"), Path.of("nowhere"));
    Files.createDirectory(data.resolve("enhanced_a.json"));
    Run inTheWay = build("2");
    Files.delete(data.resolve("gone.json"));
    Files.delete(data.resolve("enhanced_a.json"));
    Run noJava = build("2", Map.of("JAVA_HOME", "/nonexistent"));
    Run nobodyThere = build("2", Map.of("BURNISH_URL", "http://127.0.0.1:1"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), data);
    Run linked =
        build("2", "--data-dir", link.toString(), Map.of("BURNISH_URL", "http://127.0.0.1:1"));
    Run dash = build("2", "--data-dir", "-dash", Map.of());

    assertThat(inTheWay.exit()).isEqualTo(1);
    assertThat(inTheWay.output())
        .contains("gone.json can't be read", "enhanced_a.json is a directory", "nothing was sent");
    assertThat(noJava.exit()).isEqualTo(1);
    assertThat(noJava.output()).contains("JAVA_HOME=/nonexistent has no bin/java");
    assertThat(nobodyThere.exit()).isEqualTo(1);
    assertThat(nobodyThere.output()).contains("http://127.0.0.1:1 can't be reached");
    assertThat(linked.output()).contains("http://127.0.0.1:1 can't be reached");
    assertThat(dash.exit()).isEqualTo(1);
    assertThat(dash.output()).contains("there is no directory -dash");
  }

  @Test
  void another_server_s_answer_is_said() throws Exception {
    write("a.json", Discounts.list(Discounts.readable("1")));
    HttpServer proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] page = "<html>Bad Gateway</html>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(502, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    proxy.start();
    try {
      Run run =
          build("2", Map.of("BURNISH_URL", "http://127.0.0.1:" + proxy.getAddress().getPort()));

      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.output()).contains("HTTP 502", "a proxy before it?", "Bad Gateway");
    } finally {
      proxy.stop(0);
    }
  }

  @Test
  void an_unfinished_job_of_another_directory_is_not_finished_unasked() throws Exception {
    write("a.json", Discounts.list(Discounts.readable("1")));
    Path unfinished = state.resolve("burnish/run.json");
    Files.createDirectories(unfinished.getParent());
    Files.writeString(
        unfinished, "{\"runs\":[{\"directory\":\"/elsewhere\",\"key\":\"k\",\"jobs\":[\"01a\"]}]}");

    Run run = build("2");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output())
        .contains("an interrupted run of /elsewhere left a job", "--data-dir /elsewhere first");
  }

  @Test
  @Tag("slow")
  void an_interrupted_run_and_a_killed_one_are_finished_by_the_same_command() throws Exception {
    withMadeDatabase();
    write(
        "a.json", Discounts.list(Discounts.readable("1"), Discounts.readable("2", "30% on soap")));
    Map<String, String> slow =
        Map.of("BURNISH_SIMULATOR_LATENCY", "10m", "BURNISH_WORKER_DRAIN", "1s");

    Run interrupted = endOncePosted(slow, Process::destroy);
    Run killed = endOncePosted(slow, Process::destroyForcibly);
    Run resumed = build("2", "--export-state", state.resolve("exported.json").toString());

    assertThat(interrupted.exit()).as(interrupted.output()).isEqualTo(130);
    assertThat(interrupted.output())
        .contains("Interrupted: 0 of 2 records done", "is not cancelled", "the same command");
    assertThat(killed.output()).contains("Going on with the run that was interrupted");
    assertThat(resumed.exit()).as(resumed.output()).isZero();
    assertThat(resumed.output())
        .contains("stopping its local Burnish first", "2 records: 2 succeeded (0 reused)");
    assertThat(jobs(interrupted)).hasSize(1).isEqualTo(jobs(resumed));
    assertThat(read("enhanced_a.json").findValuesAsText("discount_id")).containsExactly("1", "2");
    assertThat(state.resolve("burnish/run.json")).doesNotExist();
    assertThat(Files.readString(state.resolve("exported.json"))).contains("[\"1\",\"2\"]");
  }

  private static Set<String> jobs(Run run) {
    return Pattern.compile("job ([0-9a-f-]{36})", Pattern.CASE_INSENSITIVE)
        .matcher(run.output())
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private Run endOncePosted(Map<String, String> environment, Consumer<Process> end)
      throws IOException, InterruptedException {
    Process process = start(environment, List.of("2", "--data-dir", data.toString()));
    Path output = state.resolve("output.txt");
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> Files.readString(output).contains("0 of 2 records done"));
    end.accept(process);
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("build.sh did not end: " + Files.readString(output));
    }
    return new Run(process.exitValue(), Files.readString(output));
  }

  private Run build(String action, String option, String value, Map<String, String> environment)
      throws IOException, InterruptedException {
    return run(environment, List.of(action, option, value));
  }

  private Run build(String... arguments) throws IOException, InterruptedException {
    return build(Map.of(), arguments);
  }

  private Run build(String action, Map<String, String> environment)
      throws IOException, InterruptedException {
    return build(environment, action);
  }

  private Run build(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data-dir", data.toString()));
    return run(environment, all);
  }

  private Run run(Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = start(environment, arguments);
    Path output = state.resolve("output.txt");
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("build.sh did not end: " + Files.readString(output));
    }
    return new Run(process.exitValue(), Files.readString(output));
  }

  private Process start(Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", "./build.sh"));
    command.addAll(arguments);
    Path output = state.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    List.of(
            "GROQ_API_KEY",
            "BURNISH_PROVIDER",
            "BURNISH_URL",
            "BURNISH_API_KEY",
            "BURNISH_AUTH",
            "RESET_GROQ_TRACKING",
            "LOG_LEVEL",
            "DISCOUNT_DATA_DIR",
            "QUARKUS_DATASOURCE_JDBC_URL",
            "BURNISH_CA_FILE")
        .forEach(builder.environment()::remove);
    // It is started some ten times, and never lives long enough for optimized code to pay.
    builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    builder.environment().put("BURNISH_STATE", state.resolve("burnish").toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private void write(String name, String text) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private JsonNode read(String name) throws IOException {
    return RecordJson.read(Files.readString(data.resolve(name)));
  }

  private List<String> prices(String name) throws IOException {
    List<String> prices = new ArrayList<>();
    read(name).forEach(record -> prices.add(record.path("price").asText()));
    return prices;
  }
}
