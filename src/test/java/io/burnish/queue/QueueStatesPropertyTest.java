package io.burnish.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.queue.QueueModel.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.flywaydb.core.Flyway;

/** Whatever happens to jobs and items, in whatever order, some things are always true. */
class QueueStatesPropertyTest {

  private static final EmbeddedPostgresqlResource SERVER = new EmbeddedPostgresqlResource();

  private static String url = "";

  @BeforeContainer
  static void start_the_database() {
    url = SERVER.start().get("quarkus.datasource.jdbc.url");
    Flyway.configure().dataSource(url, "postgres", "postgres").load().migrate();
  }

  @AfterContainer
  static void stop_the_database() {
    SERVER.stop();
  }

  /** Something that happens. */
  interface Move {
    void in(QueueModel play) throws SQLException;
  }

  /** A move that says what it is, so that a failure can be read. */
  record Named(String name, int worker, Move move) {
    @Override
    public String toString() {
      return name;
    }
  }

  @Property(tries = 60)
  void one_live_fence_final_states_stay_and_counters_are_what_is_counted(
      @ForAll("scripts") List<Named> script) throws Exception {
    try (QueueModel play = new QueueModel(url)) {
      inOrder(play, script);
    }
  }

  private static void inOrder(QueueModel play, List<Named> script) throws SQLException {
    Set<String> decided = new HashSet<>();

    for (Named step : script) {
      step.move().in(play);

      assertThat(play.wrong()).as("after %s of %s", step, script).isEmpty();
      Set<String> now = play.decided();
      assertThat(now).as("decided before %s of %s", step, script).containsAll(decided);
      decided = now;
    }

    play.workOff();
    assertThat(play.wrong()).as("in the end of %s", script).isEmpty();
    assertThat(play.jobsOver()).isEqualTo(QueueModel.JOBS);
    assertThat(play.decided()).containsAll(decided).hasSize(QueueModel.JOBS * QueueModel.RECORDS);
  }

  @Tag("slow")
  @Property(tries = 25)
  void so_it_is_when_everything_happens_at_the_same_time(@ForAll("scripts") List<Named> script)
      throws Exception {
    try (QueueModel play = new QueueModel(url)) {
      atTheSameTime(play, script);
    }
  }

  private static void atTheSameTime(QueueModel play, List<Named> script) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(QueueModel.WORKERS);
    List<Future<Void>> running = new ArrayList<>();

    for (int worker = 0; worker < QueueModel.WORKERS; worker++) {
      running.add(threads.submit(movesOf(worker, script, play)));
    }
    for (Future<Void> moves : running) {
      moves.get();
    }
    threads.shutdown();
    Set<String> decided = play.decided();

    assertThat(play.wrong()).as("after all of %s", script).isEmpty();
    play.workOff();
    assertThat(play.wrong()).as("in the end of %s", script).isEmpty();
    assertThat(play.jobsOver()).isEqualTo(QueueModel.JOBS);
    assertThat(play.decided()).containsAll(decided).hasSize(QueueModel.JOBS * QueueModel.RECORDS);
  }

  private static Callable<Void> movesOf(int worker, List<Named> script, QueueModel play) {
    return () -> {
      for (Named step : script) {
        if (step.worker() == worker) {
          step.move().in(play);
        }
      }
      return null;
    };
  }

  @Provide
  Arbitrary<List<Named>> scripts() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, claims()),
            Tuple.of(6, decisions()),
            Tuple.of(2, reuses()),
            Tuple.of(1, releases()),
            Tuple.of(2, rescues()),
            Tuple.of(5, ofAWorker()),
            Tuple.of(2, ofAJob()))
        .list()
        .ofMinSize(5)
        .ofMaxSize(60);
  }

  private static Arbitrary<Named> claims() {
    return Combinators.combine(worker(), some())
        .as((w, n) -> new Named("claim(%d, %d)".formatted(w, n), w, play -> play.claim(w, n)));
  }

  private static Arbitrary<Named> reuses() {
    return Combinators.combine(worker(), some())
        .as((w, n) -> new Named("reuse(%d, %d)".formatted(w, n), w, play -> play.reuse(w, n)));
  }

  private static Arbitrary<Named> decisions() {
    return Combinators.combine(
            worker(), Arbitraries.of(Verdict.class), some(), Arbitraries.of(false, false, true))
        .as(
            (w, verdict, n, twice) ->
                new Named(
                    "decide(%d, %s, %d, %s)".formatted(w, verdict, n, twice),
                    w,
                    play -> play.decide(w, verdict, n, twice)));
  }

  private static Arbitrary<Named> releases() {
    return Combinators.combine(worker(), some())
        .as((w, n) -> new Named("release(%d, %d)".formatted(w, n), w, play -> play.release(w, n)));
  }

  private static Arbitrary<Named> rescues() {
    return Combinators.combine(worker(), worker())
        .as((w, d) -> new Named("rescue(%d, %d)".formatted(w, d), w, play -> play.rescue(w, d)));
  }

  private static Arbitrary<Named> ofAWorker() {
    return worker()
        .flatMap(
            w ->
                Arbitraries.of(
                    new Named("beat(%d)".formatted(w), w, play -> play.beat(w)),
                    new Named("signOff(%d)".formatted(w), w, play -> play.signOff(w)),
                    new Named("promote", w, QueueModel::promote),
                    new Named("promote", w, QueueModel::promote),
                    new Named("raiseFloors", w, QueueModel::raiseFloors),
                    new Named("raiseFloors", w, QueueModel::raiseFloors)));
  }

  private static Arbitrary<Named> ofAJob() {
    return Combinators.combine(worker(), Arbitraries.integers().between(0, QueueModel.JOBS - 1))
        .flatAs(
            (w, j) ->
                Arbitraries.frequency(
                    Tuple.of(4, new Named("pause(%d)".formatted(j), w, play -> play.pause(j))),
                    Tuple.of(4, new Named("resume(%d)".formatted(j), w, play -> play.resume(j))),
                    Tuple.of(1, new Named("cancel(%d)".formatted(j), w, play -> play.cancel(j))),
                    Tuple.of(
                        2, new Named("proceed(%d)".formatted(j), w, play -> play.proceed(j)))));
  }

  private static Arbitrary<Integer> worker() {
    return Arbitraries.integers().between(0, QueueModel.WORKERS - 1);
  }

  private static Arbitrary<Integer> some() {
    return Arbitraries.integers().between(1, 8);
  }
}
