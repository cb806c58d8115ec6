import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures what checking a key costs a request; {@code bench/access} runs it. */
final class Access {

  /** The cheapest endpoint with a role: it reads nothing. */
  private static final String PATH = "/profiles";

  private static final Pattern SECRET = Pattern.compile("\"secret\":\"(bk_[^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();

  public static void main(String... args) throws Exception {
    new Access().run(args[0], args[1], args[2], args[3], Integer.parseInt(args[4]));
  }

  private void run(String commit, String none, String keys, String adminKey, int requests)
      throws Exception {
    System.out.printf(
        "machine: %d cores, Java %s%ncommit: %s  requests: %,d of each kind, GET %s, one at a time%n",
        Runtime.getRuntime().availableProcessors(), Runtime.version(), commit, requests, PATH);
    String secret = key(keys, adminKey);
    HttpRequest open = HttpRequest.newBuilder(URI.create(none + PATH)).build();
    HttpRequest keyed =
        HttpRequest.newBuilder(URI.create(keys + PATH))
            .header("Authorization", "Bearer " + secret)
            .build();
    times(open, keyed, requests);
    long[][] times = times(open, keyed, requests);
    double without = show("without a key", times[0]);
    double with = show("with a key", times[1]);
    System.out.printf("a key costs a request %.3f ms (aim: under 0.2)%n", with - without);
  }

  /** In turns, so that both meet the same disturbances. */
  private long[][] times(HttpRequest open, HttpRequest keyed, int requests) throws Exception {
    long[][] times = new long[2][requests];
    for (int i = 0; i < requests; i++) {
      times[0][i] = time(open);
      times[1][i] = time(keyed);
    }
    return times;
  }

  private long time(HttpRequest request) throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    long time = System.nanoTime() - start;
    if (response.statusCode() != 200) {
      throw new IllegalStateException("status " + response.statusCode() + ": " + response.body());
    }
    return time;
  }

  private static double show(String name, long[] times) {
    Arrays.sort(times);
    double median = times[times.length / 2] / 1e6;
    double mean = Arrays.stream(times).average().orElseThrow() / 1e6;
    System.out.printf(
        "%-14s p50 %.3f ms, p99 %.3f ms, mean %.3f ms%n",
        name, median, times[times.length * 99 / 100] / 1e6, mean);
    return mean;
  }

  private String key(String url, String adminKey) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/keys"))
            .header("Authorization", "Bearer " + adminKey)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"name\":\"bench\",\"role\":\"read\",\"owner\":\"bench\"}"))
            .build();
    Matcher secret =
        SECRET.matcher(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    if (!secret.find()) {
      throw new IllegalStateException("no key was created");
    }
    return secret.group(1);
  }
}
