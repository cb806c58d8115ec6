import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers that are false, hidden behind a draft, or refused; under the service's defaults. */
final class Answers {

  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** Share of the records without a true answer: some six of the file's 104 that say something. */
  private static final String STUBBORN = "3%";

  private Answers() {}

  /** One record of some draws a 400 about its text, in any pack. */
  static void oneRefused(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("limits", "*=" + Account.THIRTY, "latency", "100ms"));
    stage.burnish(1);
    List<String> records = new Records(run.seed()).some(64, Text.LONG);
    String title = Stage.JSON.readTree(records.get(37)).path("title").asText();
    stage.injectFor(title, "content-filter");
    JsonNode end =
        stage.after(
            stage.post(Records.body(records.toString(), Records.AS_THEY_COME)),
            Duration.ofMinutes(1));
    String where = ", one of 64 draws a 400";
    report.atLeast("records enhanced" + where, 63, Unit.COUNT, counted(end, "succeeded"));
    report.atLeast("records failed" + where, 1, Unit.COUNT, counted(end, "failed"));
    report.atMost("calls" + where, 20, Unit.COUNT, Report.Figure.of(stage.calls().came()));
  }

  /** A model writes a complete draft with other prices of the text before its answer. */
  static void thinkDraft(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("limits", "*=" + Account.THIRTY, "latency", "100ms"));
    stage.burnish(1);
    long seed = run.seed();
    for (String kind : List.of("think-draft", "channel-draft", "prose-draft", "reasoning-draft")) {
      stage.change("faults", kind + "=100%");
      List<String> records = new Records(seed++).withTwoPrices(200);
      String job = stage.post(Records.body(records.toString(), Records.AS_THEY_COME));
      stage.after(job, LONGEST);
      Map<String, Double> truth = new HashMap<>();
      for (String record : records) {
        JsonNode read = Stage.JSON.readTree(record);
        truth.put(read.path("discount_id").asText(), percent(read));
      }
      long drafts = 0;
      long right = 0;
      for (JsonNode result : stage.of(job, "results")) {
        boolean same =
            truth.get(result.path("discount_id").asText()) == result.path("price").asDouble();
        right += same ? 1 : 0;
        drafts += same ? 0 : 1;
      }
      report.atMost("of 200 took the draft, " + kind, 0, Unit.COUNT, Report.Figure.of(drafts));
      report.atLeast("of 200 took the answer, " + kind, 200, Unit.COUNT, Report.Figure.of(right));
    }
  }

  private static double percent(JsonNode record) {
    return Double.parseDouble(record.path("price").asText().replaceAll("\\D", ""));
  }

  /** A model that repeats the same false answers to some records. */
  static void stubborn(Stage stage, Report report, Run run) throws Exception {
    Optional<String> real = run.nativeFile();
    stage.simulator(
        run.options("limits", "*=" + Account.THIRTY, "latency", "100ms", "stubborn", STUBBORN));
    stage.burnish(1);
    String records =
        real.isPresent() ? real.get() : new Records(run.seed()).some(104, Text.LONG).toString();
    String job = stage.post(Records.body(records, Records.AS_THEY_COME));
    JsonNode end = stage.after(job, LONGEST);
    long silent = stage.failedAs(job, "nothing_to_enhance");
    JsonNode counts = end.path("counts");
    long rows = counts.path("total").asLong() - silent;
    long done = counts.path("succeeded").asLong() + counts.path("failed").asLong() - silent;
    String of = real.isPresent() ? "the native file's" : "our own";
    report.atLeast(
        "of %s %d rows that say something: enhanced or failed".formatted(of, rows),
        rows,
        Unit.COUNT,
        new Report.Figure(
            done,
            "%d enhanced, %d failed"
                .formatted(
                    counts.path("succeeded").asLong(), counts.path("failed").asLong() - silent)));
    report.atMost(
        "tokens for each of them, a model repeats its false answers",
        700,
        Unit.COUNT,
        new Report.Figure(
            (double) stage.calls().tokens() / rows, "%d calls".formatted(stage.calls().came())));
  }

  private static Report.Figure counted(JsonNode job, String what) {
    return Report.Figure.of(job.path("counts").path(what).asLong());
  }
}
