import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Runs each query of the dashboard in a Prometheus that has scraped a service at work, and prints
 * those that fail or have no value, and the state of each alert. Started by {@code
 * bench/metrics/dashboard}; arguments: address of the service, address of Prometheus, seconds of
 * work.
 */
public final class Dashboard {

  private static final int RECORDS = 1_500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String prometheus;

  private Dashboard(String prometheus) {
    this.prometheus = prometheus;
  }

  public static void main(String[] arguments) throws Exception {
    Dashboard dashboard = new Dashboard(arguments[1]);
    dashboard.post(arguments[0]);
    Thread.sleep(Long.parseLong(arguments[2]) * 1_000);
    dashboard.query();
    dashboard.alerts();
  }

  private void post(String service) throws IOException, InterruptedException {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < RECORDS; i++) {
      records.append(
          """
          {"discount_id":"d%d","title":"Lamp shop %d","price":"%d%% off everything","category":"home"}
          """
              .formatted(i, i, 5 + i % 60));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service + "/jobs"))
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofString(records.toString()))
            .build();
    System.out.println("posted: " + client.send(request, BodyHandlers.ofString()).statusCode());
  }

  private void query() throws IOException, InterruptedException {
    int failed = 0;
    int empty = 0;
    int all = 0;
    JsonNode panels =
        JSON.readTree(Path.of("k8s/components/monitoring/burnish.json").toFile()).path("panels");
    for (String expression : panels.findValuesAsText("expr")) {
      String query = expression.replace("$__rate_interval", "30s").replace("$namespace", ".*");
      JsonNode answer =
          get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
      all++;
      if (!answer.path("status").asText().equals("success")) {
        failed++;
        System.out.println("FAILED " + query + ": " + answer.path("error").asText());
      } else if (answer.at("/data/result").isEmpty()) {
        empty++;
        System.out.println("no value: " + query);
      }
    }
    System.out.printf("%d queries, %d failed, %d without a value%n", all, failed, empty);
  }

  private void alerts() throws IOException, InterruptedException {
    get("/api/v1/rules")
        .at("/data/groups/0/rules")
        .forEach(
            rule ->
                System.out.printf(
                    "%s: %s, %s%n",
                    rule.path("name").asText(),
                    rule.path("state").asText(),
                    rule.path("health").asText()));
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(prometheus + path)).build();
    return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
  }
}
