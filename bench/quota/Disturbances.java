import java.util.ArrayList;
import java.util.List;

/** Work while others use the limits, a daily limit is used up, or the provider is down. */
final class Disturbances {

  private static final String KNOWN = Account.MODEL + "=" + Account.LIMITS;

  /** A minute is the shortest time in which calls of thousands of tokens tell of a rate. */
  private static final int SPAN = 60;

  private static final int DOWN_SECONDS = 60;

  /** Nothing but refused answers may cost an attempt, and none is refused here. */
  private static final String ATTEMPTS_SPENT =
      "SELECT COALESCE(sum(attempt), 0) FROM item WHERE state IN ('ready', 'running', 'waiting', 'failed')";

  private Disturbances() {}

  /** A co-tenant takes 30 % of the tokens a minute, then stops. */
  static void coTenant(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(
        run.options(
            "limits",
            "*=" + Account.LIMITS,
            "latency",
            Account.LATENCY,
            "co-tenant",
            "30%/2000@0s..24h"));
    stage.burnish(1, "BURNISH_MODELS", Account.MODEL, "BURNISH_LIMITS", KNOWN);
    stage.post(run.plenty(3 * SPAN));
    Totals before = stage.totalsAfter(run.warmUp() + 20);
    Totals beside = stage.totalsAfter(run.seconds());
    stage.change("co-tenant", "");
    report.atLeast(
        "use of the free share while another takes 30 %",
        0.9,
        Unit.SHARE,
        Report.Figure.of(beside.drippingTokensSince(before, "TPM") / (0.7 * Account.TPM)));
    long refused = beside.throttled() - before.throttled();
    long calls = beside.calls() - before.calls() + refused;
    report.atMost(
        "429s meanwhile",
        0.005,
        Unit.SHARE,
        new Report.Figure((double) refused / calls, "%d of %d calls".formatted(refused, calls)));
    report.atMost(
        "seconds until all is used again (95 % of the minute that begins then)",
        60, Unit.SECONDS, Report.Figure.of(secondsUntilFull(stage)));
  }

  /** From when on a whole minute is used to 95 %; infinite when that is not within two. */
  private static double secondsUntilFull(Stage stage) throws Exception {
    List<Totals> samples = new ArrayList<>(List.of(stage.totalsAfter(0)));
    for (int second = 1; second <= 2 * SPAN; second++) {
      samples.add(stage.totalsAfter(1));
    }
    for (int second = 0; second <= SPAN; second++) {
      Totals end = samples.get(second + SPAN);
      if (end.drippingTokensSince(samples.get(second), "TPM") >= 0.95 * Account.TPM) {
        return second;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /** One model's tokens a day are nearly used up; the other has none such. */
  static void dayLimit(Stage stage, Report report, Run run) throws Exception {
    String limits = Account.MODEL + "=600/-/160000/2000000;" + Account.OTHER + "=" + Account.LIMITS;
    stage.simulator(run.options("limits", limits, "opening", "0.02", "latency", Account.LATENCY));
    // Small calls: what drips back in a minute is enough for one.
    stage.burnish(
        1,
        "BURNISH_MODELS",
        Account.MODEL + "," + Account.OTHER,
        "BURNISH_LIMITS",
        limits,
        "BURNISH_PACK",
        "2");
    String job = stage.post(run.plenty(2 * SPAN));
    Totals dry = stage.totalsAfter(run.warmUp() + SPAN);
    Totals othersBefore = stage.totals(Account.OTHER);
    Totals end = stage.totalsAfter(run.seconds());
    Totals others = stage.totals(Account.OTHER);
    report.atMost(
        "records failed while one model's day is used up",
        0,
        Unit.COUNT,
        Report.Figure.of(stage.count(job, "failed")));
    report.atLeast(
        "use of the other model's tokens a minute meanwhile",
        0.9,
        Unit.SHARE,
        Report.Figure.of(others.drippingTokensSince(othersBefore, "TPM") / Account.TPM));
    report.atLeast(
        "answers of the first as its day drips back",
        1,
        Unit.COUNT,
        Report.Figure.of(end.answered() - dry.answered()));
  }

  /** For a minute every call is answered with 503. */
  static void overloaded(Stage stage, Report report, Run run) throws Exception {
    outage("overloaded", stage, report, run);
  }

  /** For a minute connections are refused. */
  static void refused(Stage stage, Report report, Run run) throws Exception {
    outage("refused", stage, report, run);
  }

  private static void outage(String kind, Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("limits", "*=" + Account.LIMITS, "latency", Account.LATENCY));
    stage.burnish(1, "BURNISH_MODELS", Account.MODEL, "BURNISH_LIMITS", KNOWN);
    String job = stage.post(run.plenty(3 * SPAN));
    Totals before = stage.totalsAfter(run.warmUp() + 10);
    Totals full = stage.totalsAfter(30);
    long spentBefore = stage.number(ATTEMPTS_SPENT);
    Totals back = stage.down(kind, DOWN_SECONDS);
    long spent = stage.number(ATTEMPTS_SPENT) - spentBefore;
    Totals after = stage.totalsAfter(20);
    String how = kind.equals("refused") ? "refused connections" : "503";
    report.atMost(
        "attempts spent by %d s of %s".formatted(DOWN_SECONDS, how),
        0,
        Unit.COUNT,
        Report.Figure.of(spent));
    report.atMost("records failed", 0, Unit.COUNT, Report.Figure.of(stage.count(job, "failed")));
    report.atLeast(
        "rate in the 20 s after, against before",
        0.9,
        Unit.SHARE,
        Report.Figure.of(after.tokensPerMinuteSince(back) / full.tokensPerMinuteSince(before)));
  }
}
