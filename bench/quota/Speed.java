import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How fast it is where the provider is not what it waits for. */
final class Speed {

  /** Answers at once, looks at nothing, remembers nothing. */
  private static final String[] INSTANT = {"tokens", "characters", "checks", "false", "keep", "0"};

  private static final int HANDS = 64;

  /** Jobs until the JIT is done: it takes one of the two cores meanwhile. */
  private static final int WARM_UPS = 3;

  private static final double PROVIDER_SECONDS = 0.1;

  /** The timer's quantiles look back two minutes; what was slow before the JIT is out by then. */
  private static final int UNTIL_WARM = 130;

  private Speed() {}

  /** A small job behind a large one. */
  static void fairness(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("latency", "50ms", "tokens", "characters"));
    unlimited(stage, 1, 8);
    small(stage, run.seed() + 1);
    double alone = small(stage, run.seed() + 2);
    stage.post(new Records(run.seed()).job(100_000, Records.SHORT, Records.AS_THEY_COME));
    double behind = small(stage, run.seed() + 3);
    report.atMost(
        "time of 100 records behind 100,000, against alone",
        2.5,
        Unit.TIMES,
        new Report.Figure(behind / alone, "%.2f s, %.2f s".formatted(behind, alone)));
  }

  /** One replica, and a model that it knows to have no limits. */
  private static void unlimited(Stage stage, int pack, int hands) throws Exception {
    stage.burnish(
        1,
        "BURNISH_MODELS",
        Account.MODEL,
        "BURNISH_PLAN",
        "unlimited",
        "BURNISH_PACK",
        String.valueOf(pack),
        "BURNISH_CONCURRENCY",
        String.valueOf(hands));
  }

  private static double small(Stage stage, long seed) throws Exception {
    String job = new Records(seed).job(100, Records.SHORT, Records.AS_THEY_COME);
    return seconds(stage.ended(stage.post(job)), "createdAt");
  }

  /** Sixteen records a call. */
  static void ceilingPacked(Stage stage, Report report, Run run) throws Exception {
    report.atLeast(
        "records a second, instant provider without limits, packed",
        3_000,
        Unit.COUNT,
        Report.Figure.of(ceiling(stage, run, 16, 60_000)));
  }

  /** One record a call: what db-scheduler is measured with, too. */
  static void ceilingUnpacked(Stage stage, Report report, Run run) throws Exception {
    report.told(
        "calls a second, instant provider without limits, a record a call (compare db-scheduler)",
        Unit.COUNT,
        Report.Figure.of(ceiling(stage, run, 1, 30_000)));
  }

  private static double ceiling(Stage stage, Run run, int pack, int records) throws Exception {
    stage.simulator(run.options(INSTANT));
    unlimited(stage, pack, HANDS);
    for (int warmUp = 1; warmUp <= WARM_UPS; warmUp++) {
      stage.ended(stage.post(job(run.seed() + warmUp, records)));
    }
    return records / seconds(stage.ended(stage.post(job(run.seed(), records))), "startedAt");
  }

  /** The same calls, to the byte, and the same results stored, by another. */
  static void dbScheduler(Stage stage, Report report, Run run) throws Exception {
    String body = question(stage, run);
    stage.stop();
    stage.simulator(run.options(INSTANT));
    DbSchedulerReference reference =
        new DbSchedulerReference(stage.databaseAddress(), stage.chatAddress(), HANDS);
    report.told(
        "calls a second by db-scheduler, a stored result each, %d threads".formatted(HANDS),
        Unit.COUNT,
        Report.Figure.of(reference.callsPerSecond(body, run.warmUp() + 10, 20)));
  }

  /** What Burnish asks about one record. */
  private static String question(Stage stage, Run run) throws Exception {
    try (Overheard provider = new Overheard()) {
      stage.burnish(
          1, "BURNISH_MODELS", Account.MODEL, "GROQ_BASE_URL", provider.address().toString());
      stage.post(job(run.seed(), 1));
      return provider.body();
    }
  }

  /** What the service adds to the provider's time, at 160 calls a second. */
  static void overhead(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options(INSTANT));
    stage.change("latency", "100ms");
    unlimited(stage, 1, 16);
    stage.post(job(run.seed(), 160 * (2 * UNTIL_WARM + 60)));
    Thread.sleep(2L * UNTIL_WARM * 1000);
    String metrics = stage.metrics();
    String measure =
        "time the service adds to a call (from question to written outcome, less the provider's 100 ms): ";
    report.atMost(measure + "p50", 0.005, Unit.MILLISECONDS, added(metrics, "0.5"));
    report.atMost(measure + "p99", 0.025, Unit.MILLISECONDS, added(metrics, "0.99"));
  }

  private static Report.Figure added(String metrics, String quantile) {
    Matcher found =
        Pattern.compile("burnish_packs_seconds\\{quantile=\"" + quantile + "\"[^}]*\\} (\\S+)")
            .matcher(metrics);
    return Report.Figure.of(
        found.find() ? Double.parseDouble(found.group(1)) - PROVIDER_SECONDS : Double.NaN);
  }

  private static String job(long seed, int records) {
    return new Records(seed).job(records, Records.LONG, Records.AS_THEY_COME);
  }

  private static double seconds(JsonNode job, String from) {
    Instant start = Instant.parse(job.path(from).asText());
    Instant end = Instant.parse(job.path("finishedAt").asText());
    return Duration.between(start, end).toMillis() / 1000.0;
  }
}
