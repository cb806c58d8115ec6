import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** Measures intake; {@code bench/intake} runs it. */
final class Intake {

  private static final String[] WORDS = {
    "lamp", "sofa", "travel", "book", "shoes", "מבצע", "הנחה", "לחברי", "מועדון", "בלבד", "coffee",
    "garden"
  };

  private final URI service;
  private final long pid;
  private final HttpClient client = HttpClient.newHttpClient();

  private Intake(String url, String pid) {
    this.service = URI.create(url);
    this.pid = pid.isEmpty() ? -1 : Long.parseLong(pid);
  }

  public static void main(String... args) throws Exception {
    int records = Integer.parseInt(args[3]);
    int bytes = Integer.parseInt(args[4]);
    long seed = Long.parseLong(args[5]);
    System.out.printf(
        "machine: %d cores, %s %s, Java %s%n",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version());
    System.out.printf(
        "commit: %s  seed: %d  records: %,d of about %,d bytes, as %s%n",
        args[2], seed, records, bytes, args[6]);
    Intake bench = new Intake(args[0], args[1]);
    bench.say("before");
    String job = bench.post(records, bytes, new Random(seed), args[6]);
    bench.say("after intake");
    bench.get(job, "");
    bench.get(job, "/results");
    int seconds = Integer.parseInt(args[7]);
    if (seconds > 0) {
      TimeUnit.SECONDS.sleep(seconds);
      bench.say("after %d s of work".formatted(seconds));
      System.out.println(bench.get(job, ""));
    }
  }

  private String post(int records, int bytes, Random random, String form) throws Exception {
    PipedInputStream body = new PipedInputStream(1 << 20);
    PipedOutputStream end = new PipedOutputStream(body);
    Thread writer = new Thread(() -> write(end, records, bytes, random, form), "records");
    long start = System.nanoTime();
    writer.start();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.resolve("/jobs"))
            .header(
                "Content-Type", form.equals("json") ? "application/json" : "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body));
    if (form.equals("gzip")) {
      request.header("Content-Encoding", "gzip");
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    double seconds = (System.nanoTime() - start) / 1e9;
    if (answer.statusCode() != 202) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
    System.out.printf(
        Locale.ROOT, "stored in %.1f s: %,.0f records/s%n", seconds, records / seconds);
    return answer.body().replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
  }

  private static void write(OutputStream pipe, int records, int bytes, Random random, String form) {
    boolean list = form.equals("json");
    try (OutputStream out =
        new BufferedOutputStream(
            form.equals("gzip") ? new GZIPOutputStream(pipe) : pipe, 1 << 16)) {
      for (int i = 0; i < records; i++) {
        String separator = !list ? "\n" : i == 0 ? "[" : ",\n";
        out.write((separator + record(i, bytes, random)).getBytes(StandardCharsets.UTF_8));
      }
      out.write((list ? "]" : "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the service no longer listens", e);
    }
  }

  private static String record(int id, int bytes, Random random) {
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes - 350) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    return """
        {"club_name":"Corner Club","category":"home","discount_id":"%d","title":"Lamp %s","price":"20%% off",\
        "discount_type":"N/A","description":"%s","terms_and_conditions":"N/A","discount_link":"https://lamps.example.com/%d",\
        "image_link":"N/A","provider_link":"N/A","coupon_code":"N/A","valid_until":"31.12.26","usage_limit":"1","location":"N/A"}"""
        .formatted(
            id,
            Long.toString(random.nextLong() & Long.MAX_VALUE, 36).replaceAll("[0-9]", "x"),
            text,
            id);
  }

  private String get(String job, String below) throws Exception {
    long start = System.nanoTime();
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(service.resolve("/jobs/" + job + below)).build(),
            HttpResponse.BodyHandlers.ofString());
    System.out.printf(
        Locale.ROOT,
        "GET /jobs/…%s: %d in %.1f ms%n",
        below,
        answer.statusCode(),
        (System.nanoTime() - start) / 1e6);
    return answer.body();
  }

  /** Where /proc tells it: what the service has resident now, and had at most. */
  private void say(String when) throws IOException {
    Path status = Path.of("/proc", String.valueOf(pid), "status");
    if (Files.exists(status)) {
      Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
          .forEach(
              line -> {
                String[] words = line.split("\\s+");
                System.out.printf(
                    "%s: %s %,d MB%n",
                    when,
                    words[0].equals("VmRSS:") ? "resident" : "resident at most",
                    Long.parseLong(words[1]) / 1024);
              });
    }
  }
}
