import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How fast it is where the provider is not what it waits for. */
final class Speed {

  /** Answers at once, looks at nothing, remembers nothing. */
  static final String[] INSTANT = {"tokens", "characters", "checks", "false", "keep", "0"};

  static final int CONCURRENCY = 64;

  /** Jobs until the JIT is done: it takes one of the two cores meanwhile. */
  private static final int WARM_UPS = 3;

  /** Jobs of which the middle one counts: one of long texts takes five seconds only. */
  private static final int MEASURED = 3;

  private static final double PROVIDER_SECONDS = 0.1;

  /** The timer's quantiles look back two minutes; what was slow before the JIT is out by then. */
  private static final int UNTIL_WARM = 130;

  private Speed() {}

  /** What is measured with one kind of texts, and then with another. */
  @FunctionalInterface
  interface Measurement {

    /** As {@link Scenario#run}, with such texts. */
    void run(Stage stage, Report report, Run run, Text text) throws Exception;
  }

  /** With the usual texts; then, on a stage of its own, with long Hebrew ones. */
  static Scenario both(Text usual, Measurement measurement) {
    return (stage, report, run) -> {
      measurement.run(stage, report, run, usual);
      stage.stop();
      try (Stage other = stage.another("hebrew")) {
        measurement.run(other, report, run, Text.LONG_HEBREW);
      }
    };
  }

  /** A small job behind a large one. */
  static void fairness(Stage stage, Report report, Run run, Text text) throws Exception {
    stage.simulator(run.options("latency", "50ms", "tokens", "characters"));
    unlimited(stage, 1, 8);
    small(stage, run.seed() + 1, text);
    double alone = small(stage, run.seed() + 2, text);
    int many = text.records(100_000);
    stage.post(new Records(run.seed()).job(many, text, Records.AS_THEY_COME));
    double behind = small(stage, run.seed() + 3, text);
    report.atMost(
        "time of 100 records behind %,d, against alone%s".formatted(many, text.suffix()),
        2.5,
        Unit.TIMES,
        new Report.Figure(behind / alone, "%.2f s, %.2f s".formatted(behind, alone)));
  }

  /** One replica, and a model that it knows to have no limits. */
  static void unlimited(Stage stage, int pack, int concurrency) throws Exception {
    stage.burnish(
        1,
        "BURNISH_MODELS",
        Account.MODEL,
        "BURNISH_PLAN",
        "unlimited",
        "BURNISH_PACK",
        String.valueOf(pack),
        "BURNISH_CONCURRENCY",
        String.valueOf(concurrency));
  }

  private static double small(Stage stage, long seed, Text text) throws Exception {
    String job = new Records(seed).job(100, text, Records.AS_THEY_COME);
    return seconds(stage.ended(stage.post(job)), "createdAt");
  }

  /** Sixteen records a call. */
  static void ceilingPacked(Stage stage, Report report, Run run, Text text) throws Exception {
    stage.simulator(run.options(INSTANT));
    unlimited(stage, 16, CONCURRENCY);
    int records = text.records(60_000);
    warmUp(stage, run.seed(), records, text);
    List<Double> rates = new ArrayList<>();
    for (int job = 0; job < MEASURED; job++) {
      rates.add(recordsPerSecond(stage, run.seed() - job, records, text));
    }
    Report.Figure figure = new Report.Figure(SideBySide.middle(rates), SideBySide.rounds(rates));
    String measure = "records a second, instant provider without limits, packed" + text.suffix();
    if (text == Text.LONG_HEBREW) {
      // Nothing was promised of texts that cost several times as much.
      report.told(measure, Unit.COUNT, figure);
    } else {
      report.atLeast(measure, 3_000, Unit.COUNT, figure);
    }
  }

  /** Works jobs of so many records, with seeds after this one. */
  static void warmUp(Stage stage, long seed, int records, Text text) throws Exception {
    for (int job = 1; job <= WARM_UPS; job++) {
      recordsPerSecond(stage, seed + job, records, text);
    }
  }

  /** How fast a job is worked, from its first call to its end. */
  static double recordsPerSecond(Stage stage, long seed, int records, Text text) throws Exception {
    return records / seconds(stage.ended(stage.post(job(seed, records, text))), "startedAt");
  }

  /** What the service adds to the provider's time, at 160 calls a second. */
  static void overhead(Stage stage, Report report, Run run, Text text) throws Exception {
    stage.simulator(run.options(INSTANT));
    stage.change("latency", "100ms");
    unlimited(stage, 1, 16);
    stage.post(job(run.seed(), 160 * (2 * UNTIL_WARM + 60), text));
    Thread.sleep(2L * UNTIL_WARM * 1000);
    String metrics = stage.metrics();
    String measure =
        "time the service adds to a call (from question to written outcome, less the provider's 100 ms%s): "
            .formatted(text.suffix());
    report.atMost(measure + "p50", 0.005, Unit.MILLISECONDS, added(metrics, "0.5"));
    report.atMost(measure + "p99", 0.025, Unit.MILLISECONDS, added(metrics, "0.99"));
  }

  private static Report.Figure added(String metrics, String quantile) {
    Matcher found =
        Pattern.compile(
                "burnish_pack_duration_seconds\\{quantile=\"" + quantile + "\"[^}]*\\} (\\S+)")
            .matcher(metrics);
    return Report.Figure.of(
        found.find() ? Double.parseDouble(found.group(1)) - PROVIDER_SECONDS : Double.NaN);
  }

  static String job(long seed, int records, Text text) {
    return new Records(seed).job(records, text, Records.AS_THEY_COME);
  }

  private static double seconds(JsonNode job, String from) {
    Instant start = Instant.parse(job.path(from).asText());
    Instant end = Instant.parse(job.path("finishedAt").asText());
    return Duration.between(start, end).toMillis() / 1000.0;
  }
}
