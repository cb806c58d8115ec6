import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;

/** What an enhanced record costs. */
final class Economy {

  /** Faults of an answer, each of which one record or the whole call has to be asked for again. */
  private static final List<String> KINDS =
      List.of(
          "broken-json",
          "fenced-json",
          "wrong-category",
          "price-not-in-text",
          "price-as-text",
          "missing-ref",
          "foreign-ref",
          "repeated-ref",
          "json-validate-failed");

  /** Faults of a call, as they come in outages of moments. */
  private static final List<String> KINDS_OF_CALLS =
      List.of("truncated", "server-error", "error-with-200");

  private static final double PACK = 16;

  private Economy() {}

  /** Tokens sent and received for each enhanced record of the real file. */
  static void tokens(Stage stage, Report report, Run run) throws Exception {
    String records =
        run.nativeFile()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the native file is not in %s; say --data".formatted(run.data())));
    stage.simulator(run.options("latency", Account.LATENCY));
    stage.burnish(1, "BURNISH_MODELS", Account.MODEL, "BURNISH_PLAN", "unlimited");
    JsonNode job = stage.ended(stage.post(Records.body(records, Records.AS_THEY_COME)));
    long succeeded = job.path("counts").path("succeeded").asLong();
    Totals end = stage.totals(Account.MODEL);
    report.atMost(
        "tokens sent and received for each enhanced discount of the native file (o200k, with schema, template and thinking)",
        600,
        Unit.COUNT,
        new Report.Figure(
            (double) end.tokens() / succeeded,
            "%d enhanced in %d calls".formatted(succeeded, end.calls())));
  }

  /** All kinds of faulty answers at once: near half of all calls. */
  static void faults(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("faults", String.join("=5%,", KINDS) + "=5%", "latency", "20ms"));
    startPacking(stage);
    double ratio = callsAgainstIdeal(stage, 16_000, run.seed());
    report.atMost(
        "calls against the packed ideal, 5 %% of each of %d kinds of faults at once"
            .formatted(KINDS.size()),
        1.15,
        Unit.TIMES,
        Report.Figure.of(ratio));
  }

  /** One kind after the other. */
  static void faultsAlone(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("latency", "20ms"));
    startPacking(stage);
    int ordinal = 0;
    for (List<String> kinds : List.of(KINDS, KINDS_OF_CALLS)) {
      for (String kind : kinds) {
        stage.change("faults", kind + "=5%");
        report.atMost(
            "calls against the packed ideal, 5 % " + kind,
            1.15,
            Unit.TIMES,
            Report.Figure.of(callsAgainstIdeal(stage, 8_000, run.seed() + ++ordinal)));
      }
    }
  }

  private static void startPacking(Stage stage) throws Exception {
    stage.burnish(
        1,
        "BURNISH_MODELS",
        Account.MODEL,
        "BURNISH_PLAN",
        "unlimited",
        "BURNISH_CONCURRENCY",
        "8");
  }

  private static double callsAgainstIdeal(Stage stage, int records, long seed) throws Exception {
    long before = stage.totals(Account.MODEL).calls();
    String job = new Records(seed).job(records, Text.LONG, Records.AS_THEY_COME);
    JsonNode counts = stage.ended(stage.post(job)).path("counts");
    if (counts.path("succeeded").asInt() < records) {
      throw new IllegalStateException("not all were enhanced: " + counts);
    }
    return (stage.totals(Account.MODEL).calls() - before) / (records / PACK);
  }

  /** Of 2,000 records 800 have the content of another. */
  static void duplicates(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("latency", "200ms"));
    String[] variables = {
      "BURNISH_MODELS", Account.MODEL, "BURNISH_PLAN", "unlimited", "BURNISH_PACK", "1"
    };
    stage.burnish(1, variables);
    List<String> records = new Records(run.seed()).some(1_200, Text.SHORT);
    List<String> all = new java.util.ArrayList<>(records);
    all.addAll(records.subList(0, 800));
    Collections.shuffle(all, new java.util.Random(run.seed()));
    calls(report, "within one job", stage, List.of(all));
    records = new Records(run.seed() + 1).some(1_200, Text.SHORT);
    calls(report, "over two jobs at once", stage, List.of(records, records.subList(0, 800)));
    stage.burnish(1, variables);
    records = new Records(run.seed() + 2).some(1_200, Text.SHORT);
    calls(report, "over two jobs and replicas", stage, List.of(records, records.subList(0, 800)));
  }

  private static void calls(Report report, String where, Stage stage, List<List<String>> jobs)
      throws Exception {
    long before = stage.totals(Account.MODEL).calls();
    List<String> ids = new java.util.ArrayList<>();
    for (List<String> records : jobs) {
      ids.add(stage.post(Records.body(records.toString(), "{}")));
    }
    for (String id : ids) {
      stage.ended(id);
    }
    long calls = stage.totals(Account.MODEL).calls() - before;
    report.atMost(
        "calls a record, 40 % duplicates " + where,
        0.6,
        Unit.SHARE,
        Report.Figure.of(calls / 2_000.0));
  }
}
