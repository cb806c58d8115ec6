import java.util.ArrayList;
import java.util.List;

/** How much of an account's limits is used, and how often a call runs into one. */
final class Limits {

  /** What the emptying of a bucket that is full at the start takes, and a little more. */
  private static final int DRAINING = 60;

  private Limits() {}

  /** The limits are set by who knows them. */
  static void known(int replicas, Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("limits", "*=" + Account.LIMITS, "latency", Account.LATENCY));
    stage.burnish(
        replicas,
        "BURNISH_MODELS",
        Account.MODEL,
        "BURNISH_LIMITS",
        Account.MODEL + "=" + Account.LIMITS);
    stage.post(run.plenty(30));
    Totals before = stage.totalsAfter(run.warmUp());
    Totals end = stage.totalsAfter(run.seconds());
    report.atLeast(
        "use of the tokens a minute, limits known, replicas: " + replicas,
        replicas == 1 ? 0.97 : 0.95,
        Unit.SHARE,
        Report.Figure.of(end.drippingTokensSince(before, "TPM") / Account.TPM));
    report.atMost("429s, from the start", 0, Unit.COUNT, throttled(end));
  }

  /** Headers tell the limit that binds; two that they do not tell are never reached. */
  static void unknownTokens(Stage stage, Report report, Run run) throws Exception {
    Found found = new Found("600/20000/160000/4000000", "1", List.of());
    Totals[] window = unknown(found, run.plenty(30), run.warmUp(), new At(stage, run));
    report.atLeast(
        "use of the tokens a minute, told by headers alone",
        0.95,
        Unit.SHARE,
        Report.Figure.of(window[1].drippingTokensSince(window[0], "TPM") / Account.TPM));
    report.atMost("429s of any one limit, from the start", 2, Unit.COUNT, throttledMost(window[1]));
  }

  /** The limit that binds shows in no header: requests a minute, one record a call. */
  static void unknownRequests(Stage stage, Report report, Run run) throws Exception {
    Found found =
        new Found(
            "600/200000/4000000/-", "1", List.of("BURNISH_PACK", "1", "BURNISH_CONCURRENCY", "64"));
    int seconds = run.warmUp() + DRAINING + run.seconds();
    String job = new Records(run.seed()).job(15 * (seconds + 60), Text.NONE, Records.AS_THEY_COME);
    Totals[] window = unknown(found, job, run.warmUp() + DRAINING, new At(stage, run));
    report.atLeast(
        "use of the requests a minute, which no header tells",
        0.95,
        Unit.SHARE,
        Report.Figure.of(window[1].drippingCallsSince(window[0]) / Account.RPM));
    report.atMost("429s of any one limit, from the start", 2, Unit.COUNT, throttledMost(window[1]));
  }

  /** The limit that binds shows in no header: tokens a day, nearly used up when it begins. */
  static void unknownDay(Stage stage, Report report, Run run) throws Exception {
    double perDay = 30_000_000;
    Found found = new Found("600/2000000/160000/30000000", "0.005", List.of("BURNISH_PACK", "2"));
    Totals[] window =
        unknown(found, run.plenty(2 * DRAINING), run.warmUp() + 2 * DRAINING, new At(stage, run));
    report.atLeast(
        "use of what drips back of the tokens a day, which no header tells",
        0.95,
        Unit.SHARE,
        Report.Figure.of(window[1].drippingTokensSince(window[0], "TPD") / (perDay / 24 / 60)));
    report.atMost("429s of any one limit, from the start", 2, Unit.COUNT, throttledMost(window[1]));
  }

  /**
   * An account that Burnish must find out about.
   *
   * @param limits as the simulator wants them
   * @param opening share of each that is there at the start
   * @param variables that Burnish is started with
   */
  private record Found(String limits, String opening, List<String> variables) {}

  private record At(Stage stage, Run run) {}

  /** The simulator's totals at the start and the end of the measurement. */
  private static Totals[] unknown(Found found, String job, int before, At at) throws Exception {
    at.stage.simulator(
        at.run.options(
            "limits", "*=" + found.limits, "opening", found.opening, "latency", Account.LATENCY));
    List<String> variables = new ArrayList<>(found.variables);
    variables.addAll(List.of("BURNISH_MODELS", Account.MODEL, "BURNISH_PLAN", "auto"));
    at.stage.burnish(1, variables.toArray(String[]::new));
    at.stage.post(job);
    return new Totals[] {at.stage.totalsAfter(before), at.stage.totalsAfter(at.run.seconds())};
  }

  private static Report.Figure throttled(Totals end) {
    return new Report.Figure(end.throttled(), "of %d calls".formatted(end.calls()));
  }

  private static Report.Figure throttledMost(Totals end) {
    return new Report.Figure(end.throttledMost(), "all: " + end.throttledBy());
  }
}
