import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Holds estimates of dry runs against reality; {@code bench/estimate} runs it. */
final class Estimates {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double TOKENS = 0.10;
  private static final double TIME = 0.15;

  private static final String[] WORDS = {
    "lamp", "sofa", "travel", "book", "shoes", "מבצע", "הנחה", "לחברי", "מועדון", "בלבד", "coffee",
    "garden"
  };

  private final URI service;
  private final Random random;
  private final HttpClient client = HttpClient.newHttpClient();
  private int ids;
  private boolean good = true;

  private Estimates(String url, long seed) {
    this.service = URI.create(url);
    this.random = new Random(seed);
  }

  /** The program's entry: address, records of a job, seed. Ends with 2 when an aim is missed. */
  public static void main(String... args) throws Exception {
    Estimates bench = new Estimates(args[0], Long.parseLong(args[2]));
    int records = Integer.parseInt(args[1]);
    System.out.println("| scenario | measure | estimate | reality | difference | aim | |");
    System.out.println("|---|---|---|---|---|---|---|");
    bench.compare("without a history", records / 4, false);
    bench.compare("alone", records, true);
    bench.post("", bench.job(records / 2));
    bench.compare("beside another job", records / 2, true);
    System.exit(bench.good ? 0 : 2);
  }

  /**
   * Compares an estimate with the job.
   *
   * @param judged whether the aims hold: without a history, answers and times are assumed
   */
  private void compare(String scenario, int records, boolean judged) throws Exception {
    String body = job(records);
    long sent = System.nanoTime();
    JsonNode estimate = post("?dryRun=true", body);
    Instant asked = Instant.now();
    System.out.printf(
        Locale.ROOT,
        "| %s, %,d records | time of the dry run | | %.2f s | | | |%n",
        scenario,
        records,
        (System.nanoTime() - sent) / 1e9);
    Instant start = Instant.now();
    JsonNode job = ended(post("", body).path("id").asText());
    Instant end = Instant.parse(job.path("finishedAt").asText());
    int failed = job.at("/counts/failed").asInt();
    if (failed > 0) {
      System.out.printf("%d records failed%n", failed);
    }
    tell(scenario, "calls", estimate.path("calls").asDouble(), calls(job), 0);
    for (String kind : new String[] {"prompt", "completion"}) {
      tell(
          scenario,
          kind + " tokens",
          estimate.path("tokens").path(kind).asDouble(),
          job.path("tokens").path(kind).asDouble(),
          judged ? TOKENS : 0);
    }
    tell(
        scenario,
        "cached tokens",
        estimate.at("/tokens/cached").asDouble(),
        job.at("/tokens/cached").asDouble(),
        0);
    tell(scenario, "US$", estimate.path("cost").asDouble(), job.at("/cost/spent").asDouble(), 0);
    tell(
        scenario,
        "seconds",
        // "seconds" are whole ones.
        Duration.between(asked, Instant.parse(estimate.path("endsAt").asText())).toMillis() / 1e3,
        Duration.between(start, end).toMillis() / 1e3,
        judged ? TIME : 0);
  }

  private static double calls(JsonNode job) {
    double calls = 0;
    for (JsonNode model : job.path("models")) {
      calls += model.path("calls").asDouble();
    }
    return calls;
  }

  /** Prints a row; an aim of 0: none. */
  private void tell(String scenario, String what, double estimate, double reality, double aim) {
    double difference = (estimate - reality) / reality;
    boolean met = aim == 0 || Math.abs(difference) <= aim;
    good &= met;
    String digits = reality < 10 ? "%.4f" : "%,.0f";
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | " + digits + " | " + digits + " | %+.1f %% | %s | %s |%n",
        scenario,
        what,
        estimate,
        reality,
        difference * 100,
        aim == 0 ? "" : String.format(Locale.ROOT, "± %.0f %%", aim * 100),
        aim == 0 ? "" : met ? "ok" : "MISSED");
  }

  private String job(int records) {
    ArrayNode list = JSON.createArrayNode();
    for (int i = 0; i < records; i++) {
      StringBuilder text = new StringBuilder();
      for (int words = 10 + random.nextInt(60); words > 0; words--) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      list.addObject()
          .put("discount_id", String.valueOf(++ids))
          .put("title", "Offer " + Long.toString(random.nextLong() >>> 1, 36).replaceAll("\\d", ""))
          .put("price", (5 + random.nextInt(60)) + "% off")
          .put("description", text.toString())
          .put("club_name", "Corner Club");
    }
    return list.toString();
  }

  private JsonNode post(String query, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(service.resolve("/jobs" + query))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private JsonNode ended(String id) throws Exception {
    while (true) {
      JsonNode job = send(HttpRequest.newBuilder(service.resolve("/jobs/" + id)).build());
      if (!job.path("finishedAt").isNull()) {
        return job;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private JsonNode send(HttpRequest request) throws Exception {
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() > 299) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}
