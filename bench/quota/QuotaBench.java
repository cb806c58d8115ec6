import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures Burnish against the simulator: each scenario on a stage of its own, one after the other.
 * {@code README.md} beside this tells what is measured.
 */
public final class QuotaBench {

  private QuotaBench() {}

  /**
   * The program's entry; arguments as in {@code run}. Ends with 0 when every figure was reached, 2
   * when one was not, 1 when the arguments make no sense.
   */
  public static void main(String... arguments) throws Exception {
    Map<String, Scenario> scenarios = scenarios();
    if (List.of(arguments).contains("--list")) {
      scenarios.keySet().forEach(System.out::println);
      return;
    }
    Options options = Options.of(arguments, scenarios.keySet());
    Report report = new Report(options);
    for (String name : options.scenarios()) {
      report.scenario(name);
      try (Stage stage = new Stage(name)) {
        scenarios.get(name).run(stage, report, options.run());
      } catch (Exception e) {
        report.notMeasured(e);
      }
    }
    // Not a return: threads of libraries go on.
    System.exit(report.end() ? 0 : 2);
  }

  /** What once went wrong under the defaults, with other providers and other texts. */
  private static void underDefaults(Map<String, Scenario> scenarios) {
    scenarios.put("large-records", Loads::largeRecords);
    scenarios.put("untold", Loads::untold);
    scenarios.put("choices-empty", Outages::choicesEmpty);
    scenarios.put("bad-parameter", Outages::badParameter);
    scenarios.put("one-refused", Answers::oneRefused);
    scenarios.put("slow-above-four", Outages::slowAboveFour);
    scenarios.put("think-draft", Answers::thinkDraft);
    scenarios.put("fixed-cut", Outages::fixedCut);
    scenarios.put("stubborn", Answers::stubborn);
    scenarios.put("equal", Loads::equal);
  }

  private static Map<String, Scenario> scenarios() {
    Map<String, Scenario> scenarios = new LinkedHashMap<>();
    scenarios.put("known-limits-1", (stage, report, run) -> Limits.known(1, stage, report, run));
    scenarios.put("known-limits-3", (stage, report, run) -> Limits.known(3, stage, report, run));
    scenarios.put("unknown-tokens", Limits::unknownTokens);
    scenarios.put("unknown-requests", Limits::unknownRequests);
    scenarios.put("unknown-day", Limits::unknownDay);
    scenarios.put("co-tenant", Disturbances::coTenant);
    scenarios.put("day-limit", Disturbances::dayLimit);
    scenarios.put("outage", Disturbances::overloaded);
    scenarios.put("outage-refused", Disturbances::refused);
    scenarios.put("tokens", Economy::tokens);
    scenarios.put("faults", Economy::faults);
    scenarios.put("faults-alone", Economy::faultsAlone);
    scenarios.put("duplicates", Economy::duplicates);
    scenarios.put("fairness", Speed.both(Text.SHORT, Speed::fairness));
    scenarios.put("ceiling-packed", Speed.both(Text.LONG, Speed::ceilingPacked));
    scenarios.put("ceiling-unpacked", Speed.both(Text.LONG, SideBySide::measure));
    scenarios.put(
        "ceiling-unpacked-long",
        (stage, report, run) -> SideBySide.measure(stage, report, run, Text.LONG_HEBREW));
    scenarios.put("overhead", Speed.both(Text.LONG, Speed::overhead));
    scenarios.put("soak", Soak::mixed);
    scenarios.put("latency", Soak::latency);
    underDefaults(scenarios);
    return scenarios;
  }
}
