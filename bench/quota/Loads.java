import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Work that once brought the service to a halt, under its defaults. */
final class Loads {

  private static final int LARGE = 20;

  /** Two bytes each. */
  private static final int LARGE_CHARACTERS = 40_000;

  private static final int LARGEST_CHARACTERS = 750_000;
  private static final int USUAL = 40;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final int CONCURRENCY = 32;
  private static final int UNTOLD_SECONDS = 90;

  private Loads() {}

  /** Records that no limit lets through, and usual ones after them. */
  static void largeRecords(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("limits", "*=" + Account.FREE, "latency", Account.LATENCY));
    stage.burnish(1);
    Records records = new Records(run.seed());
    List<String> large = records.some(LARGE, LARGE_CHARACTERS);
    large.addAll(records.some(1, LARGEST_CHARACTERS));
    String first = stage.post(Records.body(large.toString(), Records.AS_THEY_COME));
    String second = stage.post(records.job(USUAL, Text.LONG, Records.AS_THEY_COME));
    Instant start = Instant.now();
    JsonNode usual = stage.after(second, LONGEST);
    double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
    report.atLeast(
        "of %d usual records behind %d of 80 kB and one of 1.5 MB, under the free plan: enhanced"
            .formatted(USUAL, LARGE),
        USUAL,
        Unit.COUNT,
        new Report.Figure(succeeded(usual), "after %.0f s".formatted(seconds)));
    stage.after(first, LONGEST);
    double all = Duration.between(start, Instant.now()).toMillis() / 1000.0;
    report.atLeast(
        "large ones that failed as too_large",
        LARGE + 1,
        Unit.COUNT,
        new Report.Figure(stage.failedAs(first, "too_large"), "after %.0f s".formatted(all)));
  }

  /** An endpoint that tells no limits, and has none. */
  static void untold(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("headers", "off", "latency", "1s", "tokens", "characters"));
    stage.burnish(1);
    String job = stage.post(new Records(run.seed()).job(60_000, Text.SHORT, Records.AS_THEY_COME));
    double full = Double.POSITIVE_INFINITY;
    for (int second = 1; second <= UNTOLD_SECONDS; second++) {
      Thread.sleep(1000);
      if (full > second && stage.calls().mostInFlight() >= CONCURRENCY) {
        full = second;
      }
    }
    report.atMost(
        "seconds until %d calls are in flight, no limit told, plan not named"
            .formatted(CONCURRENCY),
        30,
        Unit.SECONDS,
        Report.Figure.of(full));
    report.told(
        "records enhanced in the first %d s, answers after 1 s".formatted(UNTOLD_SECONDS),
        Unit.COUNT,
        Report.Figure.of(stage.count(job, "succeeded")));
  }

  /** Records of equal content, while none is known and once it is. */
  static void equal(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("limits", "*=" + Account.THIRTY, "latency", Account.LATENCY));
    stage.burnish(1);
    // A service that has just started takes some seconds for its first requests.
    String first = new Records(run.seed() + 2).some(16, Text.LONG).toString();
    stage.after(stage.post(Records.body(first, "{}")), Duration.ofSeconds(60));
    equal(stage, report, run.seed(), 2_000);
    equal(stage, report, run.seed() + 1, 20_000);
  }

  private static void equal(Stage stage, Report report, long seed, int count) throws Exception {
    String record = new Records(seed).some(1, Text.LONG).get(0);
    String job = Records.body(Collections.nCopies(count, record).toString(), "{}");
    for (String known : List.of("", ", the answer known")) {
      long before = stage.calls().came();
      Instant start = Instant.now();
      JsonNode state = stage.after(stage.post(job), Duration.ofSeconds(200));
      double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
      long calls = stage.calls().came() - before;
      report.atMost(
          "seconds for %,d records of equal content%s".formatted(count, known),
          Math.max(5, count / 1_000.0),
          Unit.SECONDS,
          new Report.Figure(
              succeeded(state) == count ? seconds : Double.POSITIVE_INFINITY,
              "%d enhanced after %.1f s".formatted(succeeded(state), seconds)));
      report.atMost("calls for them", known.isEmpty() ? 1 : 0, Unit.COUNT, Report.Figure.of(calls));
    }
  }

  private static long succeeded(JsonNode job) {
    return job.path("counts").path("succeeded").asLong();
  }
}
