import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Many clients of all kinds at two replicas, for a time; and one client beside a very large job.
 */
final class Soak {

  private static final int CLIENTS = 16;
  private static final int JOBS_KEPT = 400;
  private static final int MILLION = 1_000_000;
  private static final double LONGEST_GET = 0.010;

  private static final Set<Integer> EXPECTED = Set.of(200, 202, 204);

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newFixedThreadPool(4))
          .build();

  private final List<URI> replicas;
  private final long seed;
  private final Deadline deadline;
  private final ConcurrentLinkedDeque<String> jobs = new ConcurrentLinkedDeque<>();
  private final Map<String, List<Double>> seconds = new ConcurrentHashMap<>();
  private final Map<String, Integer> errors = new ConcurrentHashMap<>();

  private Soak(List<URI> replicas, long seed, Deadline deadline) {
    this.replicas = replicas;
    this.seed = seed;
    this.deadline = deadline;
  }

  /** The end of a measurement. */
  private record Deadline(long nanos) {
    static Deadline in(int seconds) {
      return new Deadline(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    }

    boolean isOver() {
      return System.nanoTime() >= nanos;
    }
  }

  /** The scenario of mixed clients. */
  static void mixed(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options("latency", "200ms", "tokens", "characters", "keep", "0"));
    stage.burnish(
        2,
        "BURNISH_MODELS",
        Account.MODEL,
        "BURNISH_PLAN",
        "unlimited",
        "JAVA_TOOL_OPTIONS",
        "-Xmx512m");
    new Soak(stage.addresses(), run.seed(), Deadline.in(run.warmUp())).run();
    long rssBefore = stage.residentKilobytes();
    long databaseBefore = megabytes(stage);
    Soak soak = new Soak(stage.addresses(), run.seed() + 1, Deadline.in(run.seconds()));
    soak.run();
    long rssAfter = stage.residentKilobytes();
    report.told(
        "megabytes of the database",
        Unit.COUNT,
        new Report.Figure(megabytes(stage), "%d before".formatted(databaseBefore)));
    report.atMost(
        "errors of %d clients in %d s".formatted(CLIENTS, run.seconds()),
        0,
        Unit.COUNT,
        new Report.Figure(
            soak.errors.values().stream().mapToInt(i -> i).sum(), soak.errors.toString()));
    report.atMost(
        "memory of the replicas, after against before",
        1.25,
        Unit.TIMES,
        new Report.Figure(
            (double) rssAfter / rssBefore, "%,d, %,d kB".formatted(rssBefore, rssAfter)));
    for (Map.Entry<String, List<Double>> call : new TreeMap<>(soak.seconds).entrySet()) {
      report.told(call.getKey() + ", p99", Unit.MILLISECONDS, quantiles(call.getValue()));
    }
  }

  private static long megabytes(Stage stage) throws Exception {
    return stage.number("SELECT pg_database_size(current_database()) / 1000000");
  }

  /** The scenario of one client beside a million items. */
  static void latency(Stage stage, Report report, Run run) throws Exception {
    stage.simulator(run.options(Speed.INSTANT));
    // As long as a model takes for sixteen records.
    stage.change("latency", "2s");
    Speed.unlimited(stage, 16, 8);
    String job = stage.postNdjson(new Records(run.seed()).lines(MILLION));
    URI address = stage.addresses().get(0).resolve("/jobs/" + job);
    timesOfGet(address, run.warmUp());
    List<Double> times = timesOfGet(address, run.seconds());
    report.atMost(
        "GET /jobs/{id} while a job of a million items runs, p99",
        LONGEST_GET,
        Unit.MILLISECONDS,
        quantiles(times));
  }

  private static List<Double> timesOfGet(URI job, int seconds) throws Exception {
    List<Double> times = new ArrayList<>();
    Deadline deadline = Deadline.in(seconds);
    while (!deadline.isOver()) {
      long start = System.nanoTime();
      HttpResponse<String> answer =
          HTTP.send(HttpRequest.newBuilder(job).build(), HttpResponse.BodyHandlers.ofString());
      times.add((System.nanoTime() - start) / 1e9);
      if (answer.statusCode() != 200 || !answer.body().contains("\"running\"")) {
        throw new IllegalStateException("the job does not run: " + answer.body());
      }
      Thread.sleep(20);
    }
    return times;
  }

  private static Report.Figure quantiles(List<Double> times) {
    List<Double> sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    double p99 = sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
    return new Report.Figure(
        p99, "%,d, p50 %.1f ms".formatted(sorted.size(), sorted.get(sorted.size() / 2) * 1000));
  }

  private void run() throws InterruptedException {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    for (int client = 0; client < CLIENTS; client++) {
      Random random = new Random(seed * CLIENTS + client);
      clients.execute(
          () -> {
            while (!deadline.isOver()) {
              step(random);
            }
          });
    }
    clients.shutdown();
    clients.awaitTermination(1, TimeUnit.HOURS);
  }

  private void step(Random random) {
    String job = jobs.peekFirst();
    if (job == null || random.nextInt(6) == 0) {
      post(random);
      return;
    }
    List<String> some = List.copyOf(jobs);
    job = "/jobs/" + some.get(random.nextInt(some.size()));
    switch (random.nextInt(16)) {
      case 0, 1 -> call("get", "GET", job, "");
      case 2 -> call("get with wait", "GET", job + "?wait=1", "");
      case 3 -> call("list", "GET", "/jobs?limit=50", "");
      case 4 -> call("items", "GET", job + "/items?limit=50", "");
      case 5 -> call("item", "GET", job + "/items/0", "");
      case 6 -> call("results", "GET", job + "/results", "");
      case 7 -> call("failures", "GET", job + "/failures", "");
      case 8 -> call("failures by code", "GET", job + "/failures?groupBy=code", "");
      case 9 -> call("status", "GET", "/status", "");
      case 10 -> call("history", "GET", "/status/history", "");
      case 11 -> call("cancel", "POST", job + "/cancel", "");
      case 12 -> {
        call("pause", "POST", job + "/pause", "");
        call("resume", "POST", job + "/resume", "");
      }
      case 13 -> call("retry", "POST", job + "/retry", "");
      case 14 -> call("dry run", "POST", "/jobs?dryRun=true", batch(random, 20));
      default -> events(job);
    }
  }

  private void post(Random random) {
    String answer = call("post", "POST", "/jobs", batch(random, 1 + random.nextInt(60)));
    try {
      JsonNode job = Stage.JSON.readTree(answer);
      if (job.has("id")) {
        jobs.addFirst(job.path("id").asText());
      }
    } catch (IOException e) {
      error("post: no JSON");
    }
    while (jobs.size() > JOBS_KEPT) {
      call("delete", "DELETE", "/jobs/" + jobs.pollLast(), "");
    }
  }

  private static String batch(Random random, int records) {
    return new Records(random.nextLong()).job(records, Text.SHORT, Records.AS_THEY_COME);
  }

  /** Follows a job for its first bytes. */
  private void events(String job) {
    HttpRequest request =
        HttpRequest.newBuilder(any(job + "/events")).timeout(Duration.ofSeconds(30)).build();
    timed(
        "events",
        job,
        false,
        () -> {
          HttpResponse<InputStream> answer =
              HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
          try (InputStream body = answer.body()) {
            body.read();
          }
          return answer.statusCode();
        });
  }

  private String call(String name, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(any(path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    String[] answer = {""};
    timed(
        name,
        path,
        !method.equals("GET"),
        () -> {
          HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
          answer[0] = response.body();
          return response.statusCode();
        });
    return answer[0];
  }

  private URI any(String path) {
    return URI.create(
        replicas.get((int) (System.nanoTime() / 1000 % replicas.size())).resolve("/")
            + path.substring(1));
  }

  /** A request, and the status of its answer. */
  private interface Timed {
    int run() throws IOException, InterruptedException;
  }

  /** Whether the job of a path has not been deleted meanwhile. */
  private boolean isKept(String path) {
    String[] parts = path.split("[/?]");
    return parts.length > 2 && jobs.contains(parts[2]);
  }

  /**
   * Runs a request.
   *
   * @param changes whether the state of the job may refuse it
   */
  private void timed(String name, String path, boolean changes, Timed request) {
    long start = System.nanoTime();
    try {
      int status = request.run();
      seconds
          .computeIfAbsent(name, k -> Collections.synchronizedList(new ArrayList<>()))
          .add((System.nanoTime() - start) / 1e9);
      if (!EXPECTED.contains(status)
          && !(status == 409 && changes)
          && !(status == 404 && !isKept(path))) {
        error(name + ": " + status);
      }
    } catch (IOException | RuntimeException e) {
      error(name + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void error(String what) {
    errors.merge(what, 1, Integer::sum);
  }
}
