import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures Burnish against the simulator; each scenario prints a row. See README.md beside this. */
public final class QuotaBench {

  private static final String MODEL = "openai/gpt-oss-120b";
  private static final String OTHER = "openai/gpt-oss-20b";
  private static final String LIMITS = "600/-/160000/-";
  private static final double TPM = 160_000;
  private static final double RPM = 600;
  private static final String LATENCY = "400ms..2s";

  /** Words that make a record of some 450 tokens. */
  private static final int LONG = 170;

  private final int seconds;
  private final int warmUp;
  private final long seed;

  private QuotaBench(int seconds, int warmUp, long seed) {
    this.seconds = seconds;
    this.warmUp = warmUp;
    this.seed = seed;
  }

  private interface Scenario {
    void run() throws Exception;
  }

  /** The program's entry; arguments as in {@code run}. */
  public static void main(String... arguments) throws Exception {
    Map<String, String> options = new LinkedHashMap<>(Map.of("seconds", "180", "warm-up", "10", "seed", "1"));
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--")) {
        options.put(arguments[i].substring(2), arguments[++i]);
      } else {
        wanted.add(arguments[i]);
      }
    }
    QuotaBench bench =
        new QuotaBench(
            Integer.parseInt(options.get("seconds")),
            Integer.parseInt(options.get("warm-up")),
            Long.parseLong(options.get("seed")));
    Map<String, Scenario> scenarios = bench.scenarios();
    if (!scenarios.keySet().containsAll(wanted)) {
      System.err.println("there are " + scenarios.keySet());
      System.exit(1);
    }
    System.out.println(heading(options));
    System.out.println("| scenario | measure | must reach | reached | |\n|---|---|---|---|---|");
    for (Map.Entry<String, Scenario> scenario : scenarios.entrySet()) {
      if (wanted.isEmpty() || wanted.contains(scenario.getKey())) {
        try {
          scenario.getValue().run();
        } catch (Exception e) {
          System.out.printf("| %s | could not be measured | | %s | FAIL |%n", scenario.getKey(), e);
        }
      }
    }
    System.exit(0);
  }

  private Map<String, Scenario> scenarios() {
    Map<String, Scenario> scenarios = new LinkedHashMap<>();
    scenarios.put("known-limits-1", () -> known("known-limits-1", 1, 97));
    scenarios.put("known-limits-3", () -> known("known-limits-3", 3, 95));
    scenarios.put("unknown-tokens", this::unknownTokens);
    scenarios.put("unknown-requests", this::unknownRequests);
    scenarios.put("co-tenant", this::coTenant);
    scenarios.put("day-limit", this::dayLimit);
    scenarios.put("outage", this::outage);
    scenarios.put("tokens", this::tokens);
    scenarios.put("faults", this::faults);
    scenarios.put("duplicates", this::duplicates);
    scenarios.put("fairness", this::fairness);
    scenarios.put("ceiling-packed", this::ceilingPacked);
    scenarios.put("ceiling-unpacked", this::ceilingUnpacked);
    scenarios.put("overhead", this::overhead);
    return scenarios;
  }

  private void known(String name, int replicas, int mustReach) throws Exception {
    try (Stage stage = new Stage()) {
      stage.simulator("limits", "*=" + LIMITS, "latency", LATENCY, "seed", "" + seed);
      stage.burnish(
          replicas, "BURNISH_MODELS", MODEL, "BURNISH_LIMITS", MODEL + "=" + LIMITS);
      stage.post(job(plenty()));
      JsonNode before = after(stage, warmUp);
      JsonNode end = after(stage, seconds);
      row(name, "use of the tokens a minute, limits known, %d replica(s)".formatted(replicas),
          "≥ %d %%".formatted(mustReach), percent(charged(before, end) / (TPM * minutes())),
          charged(before, end) / (TPM * minutes()) * 100 >= mustReach);
      row(name, "429s", "0", "%d of %d calls".formatted(throttled(end), calls(end)), throttled(end) == 0);
    }
  }

  private void unknownTokens() throws Exception {
    try (Stage stage = new Stage()) {
      stage.simulator("limits", "*=600/20000/160000/3000000", "latency", LATENCY, "seed", "" + seed);
      stage.burnish(1, "BURNISH_MODELS", MODEL, "BURNISH_PLAN", "auto");
      stage.post(job(plenty()));
      JsonNode before = after(stage, warmUp);
      JsonNode end = after(stage, seconds);
      double use = charged(before, end) / (TPM * minutes());
      row("unknown-tokens", "use, limits told by headers alone, tokens a minute bind", "≥ 95 %", percent(use), use >= 0.95);
      row("unknown-tokens", "429s, from the start", "≤ 2 a hidden limit", end.path("throttled").toString(), throttled(end) <= 4);
    }
  }

  private void unknownRequests() throws Exception {
    try (Stage stage = new Stage()) {
      stage.simulator("limits", "*=600/200000/4000000/-", "latency", LATENCY, "seed", "" + seed);
      stage.burnish(1, "BURNISH_MODELS", MODEL, "BURNISH_PLAN", "auto", "BURNISH_PACK", "1", "BURNISH_CONCURRENCY", "64");
      stage.post(new Records(seed).job(1_500 + 12 * (warmUp + 60 + seconds), 0, "{\"dedupe\":\"none\"}"));
      JsonNode before = after(stage, warmUp + 50);
      JsonNode end = after(stage, seconds);
      double use = (calls(end) - calls(before)) / (RPM * minutes());
      row("unknown-requests", "use, the hidden requests a minute bind (after their bucket is drained)", "≥ 95 %", percent(use), use >= 0.95);
      row("unknown-requests", "429s, from the start", "≤ 2 a hidden limit", end.path("throttled").toString(), throttled(end) <= 2);
    }
  }

  private void coTenant() throws Exception {
    try (Stage stage = new Stage()) {
      stage.simulator("limits", "*=" + LIMITS, "latency", LATENCY, "seed", "" + seed, "co-tenant", "30%/2000@0s..10m");
      stage.burnish(1, "BURNISH_MODELS", MODEL, "BURNISH_LIMITS", MODEL + "=" + LIMITS);
      stage.post(job(2 * plenty()));
      JsonNode before = after(stage, warmUp + 20);
      JsonNode beside = after(stage, seconds);
      stage.change("co-tenant", "");
      JsonNode stopped = after(stage, 60);
      JsonNode end = after(stage, 60);
      double use = charged(before, beside) / (TPM * 0.7 * minutes());
      double refused = 100.0 * (throttled(beside) - throttled(before)) / (calls(beside) - calls(before));
      row("co-tenant", "use of the free share while another takes 30 %", "≥ 90 %", percent(use), use >= 0.9);
      row("co-tenant", "429s meanwhile", "≤ 0.5 %", "%.2f %% (%d)".formatted(refused, throttled(beside) - throttled(before)), refused <= 0.5);
      row("co-tenant", "use in the second minute after it stopped", "≥ 97 %", percent(charged(stopped, end) / TPM), charged(stopped, end) / TPM >= 0.97);
    }
  }

  private void dayLimit() throws Exception {
    try (Stage stage = new Stage()) {
      stage.simulator("limits", MODEL + "=600/-/160000/2000000;" + OTHER + "=600/-/160000/-", "opening", "0.02", "latency", LATENCY, "seed", "" + seed);
      stage.burnish(1, "BURNISH_MODELS", MODEL + "," + OTHER, "BURNISH_PACK", "2",
          "BURNISH_LIMITS", MODEL + "=600/-/160000/2000000;" + OTHER + "=600/-/160000/-");
      String id = stage.post(job(plenty()));
      Thread.sleep(1000L * (warmUp + 50));
      JsonNode dry = stage.totals(MODEL);
      JsonNode others = stage.totals(OTHER);
      Thread.sleep(1000L * seconds);
      JsonNode end = stage.totals(MODEL);
      row("day-limit", "records failed while one model's day is used up", "0", stage.job(id).path("counts").path("failed").asText(), stage.job(id).path("counts").path("failed").asInt() == 0);
      row("day-limit", "calls of the other model meanwhile", "> 0", "" + (calls(stage.totals(OTHER)) - calls(others)), calls(stage.totals(OTHER)) > calls(others));
      row("day-limit", "answers of the first as its day drips back", "> 0", "" + (end.path("statuses").path("200").asInt() - dry.path("statuses").path("200").asInt()), end.path("statuses").path("200").asInt() > dry.path("statuses").path("200").asInt());
    }
  }

  private void outage() throws Exception {
    try (Stage stage = new Stage()) {
      stage.simulator("limits", "*=" + LIMITS, "latency", LATENCY, "seed", "" + seed);
      stage.burnish(1, "BURNISH_MODELS", MODEL, "BURNISH_LIMITS", MODEL + "=" + LIMITS);
      stage.post(job(plenty()));
      JsonNode before = after(stage, warmUp + 10);
      JsonNode full = after(stage, 30);
      stage.change("down", "overloaded@0s..24h");
      Thread.sleep(60_000);
      JsonNode down = stage.totals(MODEL);
      long spent = stage.number("SELECT count(*) FROM item WHERE attempt > 1");
      stage.change("down", "");
      JsonNode back = after(stage, 20);
      double rate = charged(down, back) / charged(before, full) * 30 / 20;
      row("outage", "attempts spent by 60 s of 503", "0", "" + spent, spent == 0);
      row("outage", "calls made while it was down", "", "" + (calls(down) - calls(full)), true);
      row("outage", "rate in the 20 s after, against before", "≥ 90 %", percent(rate), rate >= 0.9);
    }
  }

  private void tokens() throws Exception {
    Path file = Path.of(System.getProperty("burnish.data", "../shared/data"), "he_native_all_discounts_2025-08-07.json");
    if (!Files.exists(file)) {
      row("tokens", "tokens an enhanced discount", "≤ 600", "no real records here", false);
      return;
    }
    try (Stage stage = new Stage()) {
      stage.simulator("latency", LATENCY, "seed", "" + seed);
      stage.burnish(1, "BURNISH_MODELS", MODEL, "BURNISH_PLAN", "unlimited");
      String id = stage.post("{\"options\":{\"dedupe\":\"none\"},\"records\":" + Files.readString(file) + "}");
      JsonNode job = ended(stage, id, 120);
      JsonNode totals = stage.totals(MODEL);
      double each = (totals.path("promptTokens").asDouble() + totals.path("completionTokens").asDouble()) / job.path("counts").path("succeeded").asInt();
      row("tokens", "tokens sent and received an enhanced discount, native file, o200k, template and thinking included", "≤ 600", "%.0f (%d succeeded, %d calls)".formatted(each, job.path("counts").path("succeeded").asInt(), calls(totals)), each <= 600);
    }
  }

  private void faults() throws Exception {
    String kinds = "broken-json=5%,fenced-json=5%,wrong-category=5%,price-not-in-text=5%,price-as-text=5%,missing-ref=5%,foreign-ref=5%,repeated-ref=5%,json-validate-failed=5%";
    try (Stage stage = new Stage()) {
      stage.simulator("faults", kinds, "latency", "20ms", "seed", "" + seed);
      stage.burnish(1, "BURNISH_MODELS", MODEL, "BURNISH_PLAN", "unlimited", "BURNISH_CONCURRENCY", "8");
      int records = 16_000;
      JsonNode job = ended(stage, stage.post(job(records)), 600);
      JsonNode totals = stage.totals(MODEL);
      double ratio = calls(totals) / (records / 16.0);
      row("faults", "calls against the packed ideal, 5 % of each of nine kinds of faulty answers", "≤ 1.15", "%.3f (%d succeeded, %d failed)".formatted(ratio, job.path("counts").path("succeeded").asInt(), job.path("counts").path("failed").asInt()), ratio <= 1.15);
    }
  }

  private void duplicates() throws Exception {
    try (Stage stage = new Stage()) {
      stage.simulator("latency", "200ms", "seed", "" + seed);
      stage.burnish(2, "BURNISH_MODELS", MODEL, "BURNISH_PLAN", "unlimited", "BURNISH_PACK", "1");
      String all = new Records(seed).job(1_200, 20, "{}");
      JsonNode records = Stage.JSON.readTree(all).path("records");
      String one = Stage.JSON.createObjectNode().set("records", records).toString();
      String copies = Stage.JSON.createObjectNode().set("records", Stage.JSON.valueToTree(first(records, 800))).toString();
      String a = stage.post(one);
      String b = stage.post(copies);
      ended(stage, a, 300);
      ended(stage, b, 300);
      double share = calls(stage.totals(MODEL)) / 2_000.0;
      row("duplicates", "calls, 40 % duplicates over two jobs at once and two replicas", "≤ 60 %", percent(share), share <= 0.6);
    }
  }

  private void fairness() throws Exception {
    try (Stage stage = new Stage()) {
      stage.simulator("latency", "50ms", "tokens", "characters", "seed", "" + seed);
      stage.burnish(1, "BURNISH_MODELS", MODEL, "BURNISH_PLAN", "unlimited", "BURNISH_PACK", "1", "BURNISH_CONCURRENCY", "8");
      ended(stage, stage.post(new Records(seed + 1).job(200, 10, "{}")), 60);
      double alone = seconds(ended(stage, stage.post(new Records(seed + 2).job(100, 10, "{}")), 60));
      stage.post(new Records(seed + 3).job(20_000, 10, "{}"));
      Thread.sleep(2_000);
      double behind = seconds(ended(stage, stage.post(new Records(seed + 4).job(100, 10, "{}")), 120));
      row("fairness", "time of 100 records behind 20,000, against alone", "≤ 2.5 ×", "%.2f × (%.2f s, %.2f s)".formatted(behind / alone, behind, alone), behind / alone <= 2.5);
    }
  }

  private void ceilingPacked() throws Exception {
    ceiling("ceiling-packed", "16", 60_000, 3_000);
  }

  private void ceilingUnpacked() throws Exception {
    double ours = ceiling("ceiling-unpacked", "1", 30_000, 0);
    try (Stage stage = new Stage()) {
      stage.simulator("tokens", "characters", "checks", "false", "keep", "0");
      String record = Stage.JSON.readTree(new Records(seed).job(1, LONG, "{}")).path("records").get(0).toString();
      String body = Stage.JSON.createObjectNode().put("model", MODEL).put("max_completion_tokens", 400)
          .set("messages", Stage.JSON.readTree("[{\"role\":\"system\",\"content\":\"JSON\"},{\"role\":\"user\",\"content\":%s}]"
              .formatted(Stage.JSON.writeValueAsString("{\"records\":[" + record + "]}")))).toString();
      double theirs = DbSchedulerReference.callsPerSecond(stage.database, stage.simulatorPort(), body, warmUp, 20);
      row("ceiling-unpacked", "db-scheduler doing the same, calls a second", "less than ours", "%.0f".formatted(theirs), ours > theirs);
    }
  }

  private double ceiling(String name, String pack, int records, int mustReach) throws Exception {
    try (Stage stage = new Stage()) {
      stage.simulator("tokens", "characters", "checks", "false", "keep", "0");
      stage.burnish(1, "BURNISH_MODELS", MODEL, "BURNISH_PLAN", "unlimited", "BURNISH_PACK", pack, "BURNISH_CONCURRENCY", "64");
      ended(stage, stage.post(job(records)), 600);
      String id = stage.post(new Records(seed + 1).job(records, LONG, "{\"dedupe\":\"none\"}"));
      JsonNode job = ended(stage, id, 600);
      double rate = records / seconds(job);
      row(name, "records a second, instant provider without limits, %s a call, everything on this machine".formatted(pack), mustReach == 0 ? "ahead of db-scheduler" : "≥ " + mustReach, "%.0f".formatted(rate), rate >= mustReach);
      return rate;
    }
  }

  private void overhead() throws Exception {
    try (Stage stage = new Stage()) {
      stage.simulator("tokens", "characters", "checks", "false", "keep", "0", "latency", "100ms");
      stage.burnish(1, "BURNISH_MODELS", MODEL, "BURNISH_PLAN", "unlimited", "BURNISH_PACK", "1", "BURNISH_CONCURRENCY", "16");
      ended(stage, stage.post(job(2_000)), 300);
      ended(stage, stage.post(new Records(seed + 1).job(3_000, LONG, "{\"dedupe\":\"none\"}")), 300);
      stage.post(new Records(seed + 2).job(6_000, LONG, "{\"dedupe\":\"none\"}"));
      Thread.sleep(20_000);
      double p50 = quantile(stage.metrics(), "0.5") * 1000 - 100;
      double p99 = quantile(stage.metrics(), "0.99") * 1000 - 100;
      row("overhead", "time the service adds to a call (claim to written outcome, less the provider's 100 ms), 160 calls/s: p50", "≤ 5 ms", "%.1f ms".formatted(p50), p50 <= 5);
      row("overhead", "the same, p99", "≤ 25 ms", "%.1f ms".formatted(p99), p99 <= 25);
    }
  }

  private static double quantile(String metrics, String quantile) {
    Matcher found = Pattern.compile("burnish_packs_seconds\\{quantile=\"" + quantile + "\"[^}]*\\} (\\S+)").matcher(metrics);
    return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
  }

  private static List<JsonNode> first(JsonNode records, int count) {
    List<JsonNode> first = new ArrayList<>();
    records.forEach(record -> { if (first.size() < count) { first.add(record); } });
    return first;
  }

  private String job(int records) {
    return new Records(seed).job(records, LONG, "{\"dedupe\":\"none\"}");
  }

  /** More records than the limits let through in the time. */
  private int plenty() {
    return (int) (TPM / 300 * (seconds + warmUp + 200) / 60);
  }

  private double minutes() {
    return seconds / 60.0;
  }

  private static JsonNode after(Stage stage, int seconds) throws Exception {
    Thread.sleep(1000L * seconds);
    return stage.totals(MODEL);
  }

  private static JsonNode ended(Stage stage, String id, int atMostSeconds) throws Exception {
    for (int tries = 0; tries < atMostSeconds * 5; tries++) {
      JsonNode job = stage.job(id);
      if (job.path("state").asText().equals("completed")) {
        return job;
      }
      Thread.sleep(200);
    }
    throw new IllegalStateException("the job does not end: " + stage.job(id));
  }

  private static double seconds(JsonNode job) {
    return java.time.Duration.between(
                java.time.Instant.parse(job.path("startedAt").asText()),
                java.time.Instant.parse(job.path("finishedAt").asText()))
            .toMillis()
        / 1000.0;
  }

  private static double charged(JsonNode before, JsonNode after) {
    return after.path("chargedTokens").asDouble() - before.path("chargedTokens").asDouble();
  }

  private static int calls(JsonNode totals) {
    return totals.path("admitted").asInt();
  }

  private static int throttled(JsonNode totals) {
    int sum = 0;
    for (JsonNode count : totals.path("throttled")) {
      sum += count.asInt();
    }
    return sum;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  private static void row(String scenario, String measure, String mustReach, String reached, boolean passed) {
    System.out.printf("| %s | %s | %s | %s | %s |%n", scenario, measure, mustReach, reached, passed ? "ok" : "FAIL");
  }

  private static String heading(Map<String, String> options) throws Exception {
    Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
    String commit = new BufferedReader(new InputStreamReader(git.getInputStream())).readLine();
    String cpu = Files.exists(Path.of("/proc/cpuinfo"))
        ? Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("model name")).findFirst().orElse("? : ?").split(": ")[1]
        : System.getProperty("os.arch");
    return "%s, commit %s, %d cores (%s), Java %s, %s s after %s s, seed %s%n"
        .formatted(LocalDate.now(), commit, Runtime.getRuntime().availableProcessors(), cpu, System.getProperty("java.version"), options.get("seconds"), options.get("warm-up"), options.get("seed"));
  }
}
