import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** A provider, or a database, that works again after a while; under the service's defaults. */
final class Outages {

  private static final int SECONDS = 20;
  private static final int RECORDS = 200;

  /** Models that are called by default. */
  private static final int MODELS = 3;

  /** Calls that are on their way when it begins. */
  private static final int FIRST_CALLS = 20;

  private static final Duration LONGEST = Duration.ofMinutes(3);

  /** No answer is refused here, so nothing may cost an attempt. */
  private static final String ATTEMPTS_SPENT =
      "SELECT COALESCE(sum(attempt), 0) FROM item WHERE state IN ('ready', 'running', 'waiting', 'failed')";

  private Outages() {}

  /** A gateway whose provider is away, and that says 200 all the same. */
  static void choicesEmpty(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("limits", "*=" + Account.THIRTY, "latency", "100ms"));
    stage.burnish(1);
    warmUp(stage, run);
    stage.trouble("choices-empty", SECONDS);
    String job = stage.post(new Records(run.seed()).job(RECORDS, Text.LONG, Records.AS_THEY_COME));
    Thread.sleep(SECONDS * 1000L - 1000);
    Report.Figure attempts = Report.Figure.of(stage.number(ATTEMPTS_SPENT));
    Thread.sleep(1000);
    Instant well = Instant.now();
    JsonNode end = stage.after(job, LONGEST);
    String when = " by %d s of choices: []".formatted(SECONDS);
    report.atMost("records failed" + when, 0, Unit.COUNT, Report.Figure.of(count(end, "failed")));
    report.atMost("attempts spent" + when, 0, Unit.COUNT, attempts);
    report.atMost(
        "calls meanwhile, a probing one a second and model",
        FIRST_CALLS + MODELS * SECONDS,
        Unit.COUNT,
        Report.Figure.of(stage.calls().of("CHOICES_EMPTY")));
    doneAfter(report, end, well, RECORDS);
  }

  /** Work without trouble, so that the limits are known and calls are made side by side. */
  private static void warmUp(Stage stage, Run run) throws Exception {
    Records records = new Records(run.seed() + 100);
    stage.ended(stage.post(records.job(RECORDS, Text.LONG, Records.AS_THEY_COME)));
  }

  private static void doneAfter(Report report, JsonNode end, Instant well, int records)
      throws Exception {
    double seconds = Duration.between(well, Instant.now()).toMillis() / 1000.0;
    boolean all = count(end, "succeeded") == records;
    report.atMost(
        "seconds until all are enhanced, once the provider is well",
        15,
        Unit.SECONDS,
        new Report.Figure(
            all ? seconds : Double.POSITIVE_INFINITY,
            "%d of %d enhanced".formatted(count(end, "succeeded"), records)));
  }

  /** A provider that refuses a field of every request, in the words of several. */
  static void badParameter(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("limits", "*=" + Account.THIRTY, "latency", "100ms"));
    stage.burnish(1);
    warmUp(stage, run);
    refuse(stage, report, run.seed(), "temperature=openai");
    refuse(stage, report, run.seed() + 1, "max_completion_tokens=pydantic");
    refuse(stage, report, run.seed() + 2, "response_format=openai-parameter");
  }

  private static void refuse(Stage stage, Report report, long seed, String dislike)
      throws Exception {
    long before = stage.calls().of("DISLIKED_FIELD");
    stage.change("dislikes", dislike);
    String job = stage.post(new Records(seed).job(RECORDS, Text.LONG, Records.AS_THEY_COME));
    Thread.sleep(SECONDS * 1000L);
    stage.change("dislikes", "");
    Instant well = Instant.now();
    JsonNode end = stage.after(job, LONGEST);
    report.atMost(
        "calls that are refused in %d s of %s".formatted(SECONDS, dislike),
        30,
        Unit.COUNT,
        Report.Figure.of(stage.calls().of("DISLIKED_FIELD") - before));
    doneAfter(report, end, well, RECORDS);
  }

  /** A provider that is too slow for more than four records. */
  static void slowAboveFour(Stage stage, Report report, Run run) throws Exception {
    int records = 160;
    stage.simulator(
        run.options("limits", "*=" + Account.THIRTY, "latency", "100ms", "slow", "20s"));
    stage.burnish(
        1, "QUARKUS_FAULT_TOLERANCE__IO_BURNISH_MODELS_CHATGATEWAY_COMPLETE__TIMEOUT_VALUE", "2");
    warmUp(stage, run);
    long before = stage.calls().paid();
    stage.change("slow-above", "4");
    String job = stage.post(new Records(run.seed()).job(records, Text.LONG, Records.AS_THEY_COME));
    JsonNode end = stage.after(job, LONGEST);
    report.atLeast(
        "of %d records enhanced in 3 min, calls of more than 4 time out".formatted(records),
        records,
        Unit.COUNT,
        Report.Figure.of(count(end, "succeeded")));
    report.atMost(
        "paid calls", records, Unit.COUNT, Report.Figure.of(stage.calls().paid() - before));
  }

  /** The service's connections are cut while a call is settled, in fixed pacing. */
  static void fixedCut(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("limits", "*=" + Account.THIRTY, "latency", "1s"));
    stage.burnish(2, "BURNISH_PACING", "fixed");
    stage.post(new Records(run.seed()).job(2_000, Text.SHORT, Records.AS_THEY_COME));
    awaitCalls(stage, 2, Duration.ofMinutes(1));
    int cut = cutWhileSettling(stage);
    long before = stage.calls().came();
    Instant then = Instant.now();
    awaitCalls(stage, before + 1, Duration.ofMinutes(4));
    double next = Duration.between(then, Instant.now()).toMillis() / 1000.0;
    report.atMost(
        "seconds until the next call of two replicas, fixed pacing, connections cut while one is settled",
        10,
        Unit.SECONDS,
        new Report.Figure(
            stage.calls().came() > before ? next : Double.POSITIVE_INFINITY,
            "%d connections cut".formatted(cut)));
    awaitCalls(stage, before + 3, Duration.ofMinutes(1));
    report.atMost("records paid twice", 0, Unit.COUNT, Report.Figure.of(paidTwice(stage)));
  }

  /** Holds what is settled until a session waits for it, ends all of the service's, and lets go. */
  private static int cutWhileSettling(Stage stage) throws Exception {
    while (stage.calls().inFlight() == 0) {
      Thread.sleep(10);
    }
    try (Connection holder = stage.session();
        Connection other = stage.session()) {
      holder.setAutoCommit(false);
      execute(holder, "LOCK TABLE fixed_pacing, model_quota IN EXCLUSIVE MODE");
      while (stage.calls().inFlight() > 0) {
        Thread.sleep(10);
      }
      awaitOneThatWaits(other);
      int cut =
          number(
              other,
              "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                  + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                  + " AND pid NOT IN (SELECT pid FROM pg_locks WHERE mode = 'ExclusiveLock' AND granted"
                  + " AND relation = 'fixed_pacing'::regclass)");
      holder.rollback();
      return cut;
    }
  }

  private static void awaitOneThatWaits(Connection connection) throws Exception {
    for (int tries = 0; tries < 500; tries++) {
      if (number(connection, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
          > 0) {
        // The one that settles may come after one that asks for the next turn.
        Thread.sleep(300);
        return;
      }
      Thread.sleep(10);
    }
    throw new IllegalStateException("nothing waits for fixed_pacing or model_quota");
  }

  private static void awaitCalls(Stage stage, long calls, Duration most) throws Exception {
    Instant atLatest = Instant.now().plus(most);
    while (stage.calls().came() < calls && Instant.now().isBefore(atLatest)) {
      Thread.sleep(50);
    }
  }

  private static long paidTwice(Stage stage) throws Exception {
    Set<String> seen = new HashSet<>();
    long twice = 0;
    for (JsonNode call : stage.rememberedCalls()) {
      for (JsonNode record : call.path("records")) {
        boolean first = seen.add(record.path("digest").asText());
        twice += first || record.path("again").asBoolean() ? 0 : 1;
      }
    }
    return twice;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static long count(JsonNode job, String what) {
    return job.path("counts").path(what).asLong();
  }
}
