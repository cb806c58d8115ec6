import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A record a call, by Burnish and by db-scheduler: the same calls, to the byte, a stored result
 * each, turn about on one database and one provider. Machines have slow minutes; what is compared
 * is the middle one of each.
 */
final class SideBySide {

  private static final int ROUNDS = 3;

  /** As many as a round of Burnish's takes in half a minute, about. */
  private static final int RECORDS = 60_000;

  private static final int SECONDS = 25;

  /** Burnish reads and proves long texts, the other only stores what comes. */
  private static final double LONG_TEXTS = 0.8;

  private final Stage stage;
  private final Run run;
  private final Text text;
  private final DbSchedulerReference other;

  private SideBySide(Stage stage, Run run, Text text) throws Exception {
    this.stage = stage;
    this.run = run;
    this.text = text;
    String body = question(stage, run, text);
    stage.simulator(run.options(Speed.INSTANT));
    Speed.unlimited(stage, 1, Speed.CONCURRENCY);
    other =
        new DbSchedulerReference(
            stage.databaseAddress(), stage.chatAddress(), Speed.CONCURRENCY, body);
  }

  /** The scenario. */
  static void measure(Stage stage, Report report, Run run, Text text) throws Exception {
    SideBySide both = new SideBySide(stage, run, text);
    both.warmUp();
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      ours.add(Speed.recordsPerSecond(stage, run.seed() + round, text.records(RECORDS), text));
      theirs.add(both.other.callsPerSecond(run.warmUp(), SECONDS));
    }
    report.atLeast(
        "calls a second, instant provider without limits, a record a call, %d threads%s: against db-scheduler"
            .formatted(Speed.CONCURRENCY, text.suffix()),
        text == Text.LONG_HEBREW ? LONG_TEXTS : 1,
        Unit.TIMES,
        new Report.Figure(middle(ours) / middle(theirs), rounds(ours) + " / " + rounds(theirs)));
  }

  private void warmUp() throws Exception {
    Speed.warmUp(stage, run.seed() + ROUNDS, text.records(RECORDS) / 2, text);
    other.callsPerSecond(0, SECONDS);
  }

  /** The middle one of an odd number of figures. */
  static double middle(List<Double> figures) {
    List<Double> sorted = new ArrayList<>(figures);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  /** All of them, in the order in which they were measured. */
  static String rounds(List<Double> figures) {
    return String.join(", ", figures.stream().map(Unit.COUNT::text).toList());
  }

  /** What Burnish asks about one record. */
  private static String question(Stage stage, Run run, Text text) throws Exception {
    try (RequestRecorder provider = new RequestRecorder()) {
      stage.burnish(
          1, "BURNISH_MODELS", Account.MODEL, "GROQ_BASE_URL", provider.address().toString());
      stage.post(Speed.job(run.seed(), 1, text));
      return provider.body();
    } finally {
      stage.stop();
    }
  }
}
