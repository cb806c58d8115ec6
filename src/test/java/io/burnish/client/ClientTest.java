package io.burnish.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.client.console.Console;
import io.burnish.client.run.PostedJobs;
import io.burnish.record.RecordJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client in this process, against a service that answers as it is told to. */
class ClientTest {

  private static final String PROBLEM = "{\"detail\":\"try again later\"}";

  @TempDir Path data;
  @TempDir Path outside;

  private final Map<String, String> environment = new LinkedHashMap<>();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final List<Duration> pauses = new ArrayList<>();
  private Runnable atNextPause = () -> {};
  private FakeBurnish burnish;

  @BeforeEach
  void start() throws IOException {
    burnish = FakeBurnish.start();
    environment.put("BURNISH_URL", "http://127.0.0.1:" + burnish.port());
    environment.put("BURNISH_STATE", outside.resolve("state").toString());
  }

  @AfterEach
  void stop() {
    burnish.close();
  }

  // --- commands about jobs

  private static final String ID = "01a2197f-9df4-73ab-aedb-68068d332fc3";

  @Test
  void choices_are_sent_with_the_job() throws Exception {
    write("a.json", "[{\"discount_id\":\"1\"}]");

    assertThat(run("2", "--priority", "high", "--max-results", "5")).as(said()).isZero();

    assertThat(burnish.seen("POST", "/jobs").get(0).body())
        .contains("\"priority\":\"high\"", "\"filter\":{\"maxResults\":5}");
    environment.put("MAX_RESULTS", "7");
    write("b.json", "[{\"discount_id\":\"2\"}]");
    assertThat(run("2")).as(said()).isZero();
    assertThat(burnish.seen("POST", "/jobs").get(1).body()).contains("\"maxResults\":7");
  }

  @ParameterizedTest
  @CsvSource({
    "--priority=urgent, low",
    "--max-results=0, whole number from 1",
    "--max-results=x, whole number from 1",
    "--max-cost=0, over 0",
    "--max-cost=1e3, over 0",
    "--max-cost=0.0000001, at most 6 decimals",
  })
  void a_wrong_choice_is_named(String option, String words) throws Exception {
    write("a.json", "[]");

    assertThat(run("2", option)).isEqualTo(1);

    assertThat(said()).contains(words);
    assertThat(burnish.jobs()).isZero();
  }

  @Test
  void a_dry_run_prints_the_estimate_and_posts_nothing() throws Exception {
    write("a.json", "[{\"discount_id\":\"1\"}]");
    burnish.instead(
        "POST",
        200,
        Map.of(),
        "{\"records\":9,\"toAsk\":5,\"known\":{\"total\":2},\"duplicates\":1,\"rejected\":{\"total\":1},\"calls\":3,\"tokens\":{\"prompt\":100,\"completion\":20},\"cost\":0.01,\"seconds\":null}");

    assertThat(run("2", "--dry-run")).as(said()).isZero();

    assertThat(said())
        .contains("9 records: 5 to ask about, 2 known, 1 duplicates, 1 rejected")
        .contains("3 calls, 100 prompt and 20 completion tokens, cost US$ 0.01, time not known");
    assertThat(burnish.seen("POST", "/jobs?dryRun=true")).hasSize(1);
    assertThat(burnish.jobs()).isZero();
    assertThat(data.resolve("enhanced_a.json")).doesNotExist();
  }

  @Test
  void a_job_that_its_budget_paused_is_not_waited_for_and_its_results_are_written()
      throws Exception {
    write("a.json", "[{\"discount_id\":\"1\"}]");
    burnish.pausesByBudget();

    assertThat(run("2", "--max-cost", "0.05")).as(said()).isEqualTo(2);

    assertThat(burnish.seen("POST", "/jobs").get(0).body()).contains("\"maxCost\":0.05");
    assertThat(said()).contains("job-1 is paused by --max-cost");
    assertThat(ids("enhanced_a.json")).containsExactly("1");
  }

  @Test
  void without_waiting_the_next_run_fetches_the_results() throws Exception {
    write("a.json", "[{\"discount_id\":\"1\"}]");

    assertThat(run("2", "--no-wait")).as(said()).isZero();
    assertThat(said()).contains("Posted as job");
    assertThat(data.resolve("enhanced_a.json")).doesNotExist();

    assertThat(run("2")).as(said()).isZero();
    assertThat(burnish.jobs()).isEqualTo(1);
    assertThat(ids("enhanced_a.json")).containsExactly("1");
  }

  @Test
  void jobs_are_listed_and_controlled() throws Exception {
    burnish.instead(
        "GET",
        200,
        Map.of(),
        "{\"jobs\":[{\"id\":\"%s\",\"name\":\"nightly\",\"state\":\"running\",\"counts\":{\"total\":9,\"pending\":4,\"failed\":1}}],\"next\":null}"
            .formatted(ID));
    assertThat(run("list")).as(said()).isZero();
    assertThat(said()).contains(ID + "  running    5 of 9, 1 failed  nightly");

    for (String verb : List.of("cancel", "retry")) {
      burnish.instead("POST", 200, Map.of(), "{}");
      assertThat(run(verb, ID)).as(said()).isZero();
      assertThat(burnish.seen("POST", "/jobs/" + ID + "/" + verb)).hasSize(1);
    }
    burnish.instead("POST", 409, Map.of(), "{\"detail\":\"it is completed\"}");
    assertThat(run("cancel", ID)).isEqualTo(1);
    assertThat(said()).contains("it is completed");
  }

  @ParameterizedTest
  @CsvSource({"show,", "cancel,", "cancel,../x", "list,a"})
  void a_command_needs_an_id_or_none(String command, @Nullable String id) throws Exception {
    assertThat(id == null ? run(command) : run(command, id)).isEqualTo(1);

    assertThat(said()).contains("id");
    assertThat(burnish.seen("GET", "/")).isEmpty();
  }

  // --- files in, files out

  @Test
  void results_and_failures_are_written_beside_the_files() throws Exception {
    write("a.json", "[{\"discount_id\":\"1\"},{\"discount_id\":\"2\",\"fails\":\"no\"}]");
    write("sub/b.json", "[{\"discount_id\":\"3\"}]");
    write("broken.json", "{");
    write("sub/failed_b.json", "of an earlier run");
    write("enhanced_broken.json", "of an earlier run");

    int status = run("2");

    assertThat(status).as(said()).isEqualTo(2);
    assertThat(ids("enhanced_a.json")).containsExactly("1");
    assertThat(ids("failed_a.json")).containsExactly("2");
    assertThat(ids("sub/enhanced_b.json")).containsExactly("3");
    assertThat(data.resolve("sub/failed_b.json")).doesNotExist();
    assertThat(burnish.names()).containsExactly("a.json", "broken.json", "sub/b.json");
    assertThat(said()).contains("enhanced_broken.json beside it is of an earlier run");
    assertThat(names(outside.resolve("state"))).doesNotContain("run.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b.json",
        "say \"hi\".json",
        "line\nend\r.json",
        "back\\slash\\\\.json",
        "100%22.json",
        "גדול.json",
        "tab\t.json",
        "$( ) `x`,;#?&'=*.json",
        "filename*=x.json",
        "-dash.json"
      })
  void a_file_may_have_any_name(String name) throws Exception {
    write(name, "[{\"discount_id\":\"1\"},{\"discount_id\":\"2\",\"fails\":\"no\"}]");

    int status = run("2");

    assertThat(status).as(said()).isEqualTo(2);
    assertThat(burnish.names()).containsExactly(name);
    assertThat(ids("enhanced_" + name)).containsExactly("1");
    assertThat(ids("failed_" + name)).containsExactly("2");
    assertThat(said().lines().filter(line -> line.startsWith("end"))).isEmpty();
  }

  @Test
  void more_files_than_a_job_may_have_are_sent_in_several_jobs() throws Exception {
    int files = PostedJobs.FILES_PER_JOB + 2;
    for (int i = 0; i < files; i++) {
      write("%04d.json".formatted(i), "[{\"discount_id\":\"%d\"}]".formatted(i));
    }

    int status = run("2");

    assertThat(status).as(said()).isZero();
    assertThat(burnish.jobs()).isEqualTo(2);
    assertThat(burnish.names()).hasSize(files);
    assertThat(
            IntStream.range(0, files)
                .filter(i -> !Files.exists(data.resolve("enhanced_%04d.json".formatted(i)))))
        .isEmpty();
    assertThat(ids("enhanced_0999.json")).containsExactly("999");
  }

  @Test
  void only_regular_json_files_that_are_not_results_are_sent() throws Exception {
    write("a.json", "[]");
    write("enhanced_a.json", "[]");
    write("failed_a.json", "[]");
    write("groq_tracking_state.json", "{}");
    write("B.JSON", "[]");
    write("c.ndjson", "");
    write("text.txt", "");
    Files.createDirectory(data.resolve("directory.json"));
    Files.createSymbolicLink(data.resolve("link.json"), write("real", "[]"));
    Files.createSymbolicLink(data.resolve("to-directory.json"), data.resolve("directory.json"));

    int status = run("2");

    assertThat(status).as(said()).isZero();
    assertThat(burnish.names()).containsExactly("a.json", "link.json");
    assertThat(said()).contains("only *.json is sent: B.JSON c.ndjson (2 in all)");
  }

  @Test
  void build_1_stores_what_was_enhanced() throws Exception {
    write("a.json", "[]");
    write("enhanced_a.json", "[{\"discount_id\":\"1\"}]");

    int status = run("1");

    assertThat(status).as(said()).isZero();
    assertThat(burnish.names()).containsExactly("enhanced_a.json");
    assertThat(burnish.seen("POST", "/jobs").get(0).body()).contains("\"mode\":\"store\"");
    assertThat(names(data)).containsExactlyInAnyOrder("a.json", "enhanced_a.json");
  }

  // --- options

  @Test
  void options_reach_the_service() throws Exception {
    write("a.json", "[]");

    int status = run("2", "--retry-failed", "--reset-tracking");

    assertThat(status).as(said()).isZero();
    assertThat(burnish.seen("DELETE", "/tracking")).hasSize(1);
    assertThat(burnish.seen("POST", "/jobs").get(0).body())
        .contains("\"mode\":\"enhance\"", "\"dedupe\":\"content\"", "\"retryFailed\":true");
  }

  @Test
  void what_the_old_script_did_is_no_failure_and_its_results_are_kept() throws Exception {
    String before = "{\"discount_id\":\"1\",\"n\":1.50,\"fails\":\"processed_before\"}";
    write("a.json", "[%s,{\"discount_id\":\"2\"}]".formatted(before));
    write("enhanced_a.json", "[{\"discount_id\":\"1\"}]");
    write("failed_a.json", "[]");
    Path state = Files.writeString(outside.resolve("old.json"), "{\"processed_discounts\":[]}");

    int status = run("2", "--tracking-state", state.toString());

    assertThat(status).as(said()).isZero();
    assertThat(burnish.seen("PUT", "/tracking/state")).hasSize(1);
    assertThat(burnish.seen("POST", "/jobs").get(0).body()).contains("\"dedupe\":\"id\"");
    assertThat(ids("enhanced_a.json")).containsExactly("2");
    assertThat(ids("enhanced_a.json.old")).containsExactly("1");
    assertThat(data.resolve("failed_a.json")).doesNotExist();
    assertThat(said()).contains("1 of those that failed were not sent");
  }

  @Test
  void beside_what_the_old_script_did_only_what_failed_is_written_as_failed() throws Exception {
    write(
        "a.json",
        "[{\"discount_id\":\"1\",\"fails\":\"processed_before\"},{\"discount_id\":\"2\",\"n\":1.50,\"fails\":\"x\"}]");
    Path state = Files.writeString(outside.resolve("old.json"), "{\"processed_discounts\":[]}");

    int status = run("2", "--tracking-state=" + state);

    assertThat(status).as(said()).isEqualTo(2);
    assertThat(ids("failed_a.json")).containsExactly("2");
    assertThat(Files.readString(data.resolve("failed_a.json"))).contains("1.50");
  }

  @Test
  void the_state_is_exported_at_the_end() throws Exception {
    write("a.json", "[]");
    Path state = outside.resolve("state file.json");

    int status = run("2", "--export-state", state.toString());
    int impossible = run("2", "--export-state", outside.resolve("no/file").toString());

    assertThat(status).as(said()).isZero();
    assertThat(Files.readString(state)).isEqualTo("{\"processed_discounts\":[]}");
    assertThat(impossible).isEqualTo(1);
    assertThat(said()).contains("no/file can't be written");
    assertThat(burnish.jobs()).isEqualTo(1);
  }

  @Test
  void wrong_options_are_named_and_nothing_is_sent() throws Exception {
    write("a.json", "[]");

    assertThat(run("3")).isEqualTo(1);
    assertThat(run()).isEqualTo(1);
    assertThat(run("2", "--nonsense")).isEqualTo(1);
    assertThat(run("2", "--log-level", "LOUD")).isEqualTo(1);
    assertThat(run("1", "--tracking-state", "x")).isEqualTo(1);
    assertThat(run("2", "--tracking-state", "x")).isEqualTo(1);
    assertThat(run("2", "--data-dir", "-dash")).isEqualTo(1);
    assertThat(run("2", "--data-dir", "")).isEqualTo(1);
    assertThat(run("--help")).isZero();
    assertThat(said())
        .contains("there is no action 3", "--nonsense", "must be DEBUG, INFO")
        .contains("goes with ./build.sh 2", "there is no file x", "there is no directory -dash")
        .contains("exit status: 0 all succeeded");
    assertThat(burnish.jobs()).isZero();
  }

  @Test
  void results_that_could_not_be_written_are_found_before_anything_is_sent() throws Exception {
    write("a.json", "[]");
    Files.createSymbolicLink(data.resolve("gone.json"), Path.of("nowhere"));
    Files.createDirectory(data.resolve("enhanced_a.json"));
    write("x".repeat(245) + ".json", "[]");

    int status = run("2");

    assertThat(status).isEqualTo(1);
    assertThat(said())
        .contains("gone.json can't be read", "enhanced_a.json is a directory", "name too long")
        .contains("nothing was sent");
    assertThat(burnish.jobs()).isZero();
  }

  // --- the service is away, busy, or somebody else

  @Test
  void nobody_there_is_said_at_once() throws Exception {
    write("a.json", "[]");
    burnish.close();

    int status = run("2");

    assertThat(status).isEqualTo(1);
    assertThat(said()).contains("can't be reached; is Burnish running there?");
    assertThat(pauses).isEmpty();
    burnish = FakeBurnish.start();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503, 507, 408})
  void a_busy_service_is_asked_again_when_it_says_so(int code) throws Exception {
    write("a.json", "[{\"discount_id\":\"1\"}]");
    burnish.instead("POST", code, Map.of("Retry-After", "7"), PROBLEM);
    burnish.instead("POST", code, Map.of("Retry-After", "3"), PROBLEM);

    int status = run("2");

    assertThat(status).as(said()).isZero();
    assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(3));
    assertThat(said())
        .contains("HTTP %d (try again later); trying again in 7 seconds".formatted(code));
    assertThat(burnish.seen("POST", "/jobs").stream().map(FakeBurnish.Seen::key).distinct())
        .hasSize(1);
    assertThat(burnish.jobs()).isEqualTo(1);
  }

  @Test
  void a_service_that_stays_busy_is_given_up_after_ten_minutes() throws Exception {
    write("a.json", "[]");
    for (int i = 0; i < 20; i++) {
      burnish.instead("POST", 429, Map.of("Retry-After", "100"), PROBLEM);
    }

    int status = run("2");

    assertThat(status).isEqualTo(1);
    assertThat(said()).contains("Burnish refused the job (HTTP 429): try again later");
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void a_limit_of_the_day_is_shown_at_once() throws Exception {
    write("a.json", "[]");
    burnish.instead(
        "POST",
        429,
        Map.of("Retry-After", "40000"),
        "{\"type\":\"urn:burnish:problem:key-limit\",\"detail\":\"the day's cost is spent\"}");

    int status = run("2");

    assertThat(status).isEqualTo(1);
    assertThat(said()).contains("HTTP 429", "the day's cost is spent");
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 404, 413, 500, 502, 503, 504})
  void another_server_s_answer_is_shown(int code) throws Exception {
    write("a.json", "[]");
    burnish.instead("POST", code, Map.of(), "<html>Bad  Gateway</html>");

    int status = run("2");

    assertThat(status).isEqualTo(1);
    assertThat(said()).contains("HTTP " + code, "a proxy before it?", "<html>Bad Gateway</html>");
    assertThat(pauses).isEmpty();
  }

  @Test
  void another_server_s_success_is_no_job() throws Exception {
    write("a.json", "[]");
    burnish.instead("POST", 200, Map.of(), "<html>Welcome</html>");

    int status = run("2");

    assertThat(status).isEqualTo(1);
    assertThat(said()).contains("something else than a job", "<html>Welcome</html>");
  }

  @Test
  void a_refusal_is_told_with_each_mistake() throws Exception {
    write("a.json", "[]");
    burnish.instead(
        "POST",
        422,
        Map.of(),
        "{\"detail\":\"2 mistakes\",\"violations\":[{\"field\":\"a.json\",\"message\":\"is empty\"},{\"field\":\"b\",\"message\":\"too\"}]}");

    int status = run("2");

    assertThat(status).isEqualTo(1);
    assertThat(said())
        .contains("build.sh: Burnish refused the job (HTTP 422): 2 mistakes")
        .contains("  - a.json: is empty", "  - b: too");
    assertThat(names(outside.resolve("state"))).doesNotContain("run.json");
  }

  @Test
  void a_service_that_is_away_for_a_while_is_waited_for() throws Exception {
    write("a.json", "[{\"discount_id\":\"1\"}]");
    burnish.polls(2);
    burnish.instead("GET", 502, Map.of(), "<html>");
    burnish.instead("GET", 503, Map.of(), PROBLEM);
    burnish.cutsNextDownload();

    int status = run("2");

    assertThat(status).as(said()).isZero();
    assertThat(ids("enhanced_a.json")).containsExactly("1");
    assertThat(burnish.jobs()).isEqualTo(1);
  }

  @Test
  void a_job_that_is_gone_is_said() throws Exception {
    write("a.json", "[]");
    burnish.polls(2);
    burnish.instead("GET", 404, Map.of(), "{\"detail\":\"there is no such job\"}");

    int status = run("2");

    assertThat(status).isEqualTo(1);
    assertThat(said()).contains("(HTTP 404): there is no such job");
  }

  @Test
  void a_login_in_the_address_is_sent_and_not_shown() throws Exception {
    write("a.json", "[]");
    environment.put("BURNISH_URL", "me:secret@127.0.0.1:" + burnish.port() + "/");

    int status = run("2");

    assertThat(status).as(said()).isZero();
    assertThat(said()).contains("http://127.0.0.1:").doesNotContain("secret");
  }

  @Test
  void a_key_is_sent_and_not_shown() throws Exception {
    write("a.json", "[]");
    environment.put("BURNISH_API_KEY", "bk_secret");

    assertThat(run("2")).as(said()).isZero();
    assertThat(burnish.authorizations()).containsOnly("Bearer bk_secret");
    assertThat(said()).doesNotContain("secret");
  }

  @Test
  void a_key_that_no_header_can_have_or_beside_a_login_is_refused_and_not_shown() throws Exception {
    write("a.json", "[]");
    environment.put("BURNISH_API_KEY", "bk_s\necret");
    assertThat(run("2")).isEqualTo(1);
    environment.put("BURNISH_API_KEY", "bk_secret");
    environment.put("BURNISH_URL", "me:secret@127.0.0.1:" + burnish.port());

    assertThat(run("2")).isEqualTo(1);
    assertThat(said()).contains("BURNISH_API_KEY").doesNotContain("secret", "ecret");
  }

  // --- its own death

  /** Ends the run as a kill would, as far as files go: nothing of the run comes after it. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void killAtNextPause() {
    burnish.polls(3);
    atNextPause =
        () -> {
          atNextPause = () -> {};
          throw new Killed();
        };
    try {
      run("2");
    } catch (Killed e) {
      return;
    }
    throw new AssertionError("it was not killed: " + said());
  }

  @Test
  void a_killed_run_is_gone_on_with_by_the_same_command() throws Exception {
    write("a.json", "[{\"discount_id\":\"1\"}]");
    killAtNextPause();
    String kept = Files.readString(outside.resolve("state/run.json"));

    int status = run("2");

    assertThat(kept).contains("job-1", data.toRealPath().toString());
    assertThat(status).as(said()).isZero();
    assertThat(burnish.jobs()).isEqualTo(1);
    assertThat(ids("enhanced_a.json")).containsExactly("1");
    assertThat(said()).contains("Going on with the run that was interrupted");
    assertThat(outside.resolve("state/run.json")).doesNotExist();
  }

  @Test
  void a_run_after_a_finished_one_is_a_new_job() throws Exception {
    write("a.json", "[]");

    run("2");
    run("2");

    assertThat(burnish.jobs()).isEqualTo(2);
  }

  @Test
  void changed_files_are_a_new_job() throws Exception {
    write("a.json", "[{\"discount_id\":\"1\"}]");
    killAtNextPause();
    write("a.json", "[{\"discount_id\":\"2\"}]");

    int status = run("2");

    assertThat(status).as(said()).isZero();
    assertThat(burnish.jobs()).isEqualTo(2);
    assertThat(ids("enhanced_a.json")).containsExactly("2");
    assertThat(said()).contains("are not those of the interrupted run");
    assertThat(outside.resolve("state/run.json")).doesNotExist();
  }

  @Test
  void a_run_of_another_directory_leaves_the_interrupted_one_alone() throws Exception {
    write("a.json", "[]");
    killAtNextPause();
    Path other = Files.createDirectory(outside.resolve("other"));
    Files.writeString(other.resolve("b.json"), "[]");

    int status = run("2", "--data-dir", other.toString());
    int resumed = run("2");

    assertThat(status).as(said()).isZero();
    assertThat(resumed).isZero();
    assertThat(burnish.jobs()).isEqualTo(2);
    assertThat(outside.resolve("state/run.json")).doesNotExist();
  }

  @Test
  void what_was_decided_is_forgotten_once_by_a_run_that_is_gone_on_with() throws Exception {
    write("a.json", "[]");
    environment.put("RESET_GROQ_TRACKING", "true");
    killAtNextPause();

    int status = run("2", "--reset-tracking");

    assertThat(status).as(said()).isZero();
    assertThat(burnish.seen("DELETE", "/tracking")).hasSize(1);
    assertThat(burnish.jobs()).isEqualTo(1);
  }

  @Test
  void a_damaged_run_file_and_a_state_that_can_not_be_written_stop_nothing() throws Exception {
    write("a.json", "[]");
    Files.createDirectories(outside.resolve("state"));
    Files.writeString(outside.resolve("state/run.json"), "{\"runs\":[");
    int damaged = run("2");
    environment.put("BURNISH_STATE", Files.writeString(outside.resolve("file"), "").toString());
    int unwritable = run("2");

    assertThat(damaged).as(said()).isZero();
    assertThat(unwritable).as(said()).isZero();
    assertThat(said()).contains("If this run is killed, the next one can't go on with it");
  }

  // ---

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    if (!all.isEmpty() && !all.contains("--data-dir")) {
      all.addAll(List.of("--data-dir", data.toString()));
    }
    PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
    return new Client(
            environment,
            Path.of("").toAbsolutePath(),
            new Console(out, out, false),
            time -> {
              pauses.add(time);
              atNextPause.run();
            })
        .run(all.toArray(String[]::new));
  }

  private String said() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private Path write(String name, String text) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<String> ids(String name) throws IOException {
    return RecordJson.read(Files.readString(data.resolve(name))).findValuesAsText("discount_id");
  }

  private static List<String> names(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
