import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/**
 * What costs a naive server its memory, its threads or its disk. Each look is a line, as in
 * Aftermath.
 */
final class Heavy {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final long HEALTHY_MILLIS = 2_000;

  private interface Filling {
    void fill(OutputStream out) throws IOException;
  }

  private final Wire wire;
  private final Service service;
  private final Aftermath aftermath;
  private final Consumer<String> report;

  Heavy(Service service, Aftermath aftermath, Consumer<String> report) {
    this.wire = service.wire();
    this.service = service;
    this.aftermath = aftermath;
    this.report = report;
  }

  void run() throws InterruptedException, IOException {
    packed("50 records of 7.8 MB", "application/x-ndjson", Heavy::largeRecords, 202);
    packed(
        "78 million zeros",
        "application/json",
        out -> repeated(out, "[0", ",0", 78_000_000, "]"),
        422);
    packed(
        "1 GB of newlines as lines",
        "application/x-ndjson",
        out -> repeated(out, "", "\n", 1_000_000_000, ""),
        202,
        400,
        413,
        422);
    concurrent();
    stateFile();
    stalledUploads();
    unreadDownloads();
  }

  private void packed(String name, String type, Filling filling, Integer... statuses)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("hostile", ".gz");
    try {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
        filling.fill(out);
      }
      Answer answer =
          wire.send(
              Request.of("POST", "/jobs")
                  .header("Content-Type: " + type)
                  .header("Content-Encoding: gzip")
                  .body(file),
              LONG);
      judge(name + ", packed", answer, statuses);
      if (answer.status() == 202) {
        String state =
            aftermath.await(answer.json().path("id").asText(), LONG).path("state").asText();
        say(name + ": its job", state.equals("completed") ? null : "is " + state);
      }
      say(name + ": a usual job after it", aftermath.usualJob(Duration.ofSeconds(60)));
    } finally {
      Files.delete(file);
    }
  }

  private static void largeRecords(OutputStream out) throws IOException {
    byte[] text = "a b ".repeat(1_950_000).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 50; i++) {
      out.write(
          "{\"discount_id\":\"big%d\",\"price\":\"10%%\",\"title\":\"x %d\",\"description\":\""
              .formatted(i, i)
              .getBytes(StandardCharsets.US_ASCII));
      out.write(text);
      out.write("\"}\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void repeated(OutputStream out, String first, String piece, int times, String last)
      throws IOException {
    out.write(first.getBytes(StandardCharsets.US_ASCII));
    int atOnce = 100_000;
    byte[] block = piece.repeat(atOnce).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < times / atOnce; i++) {
      out.write(block);
    }
    out.write(last.getBytes(StandardCharsets.US_ASCII));
  }

  private void concurrent() throws InterruptedException {
    String body = "[{\"discount_id\":\"c\",\"title\":\"" + "a b ".repeat(1_975_000) + "\"}]";
    Request request = Request.json(body);
    List<Answer> answers = atOnce(8, () -> wire.send(request, LONG));
    for (Answer answer : answers) {
      judge("one of 8 records of 7.9 MB at the same time", answer, 202);
    }
  }

  private void stateFile() {
    StringBuilder file = new StringBuilder("{\"processed_discounts\":[\"0\"");
    for (int i = 1; i < 490_000; i++) {
      file.append(",\"").append("i".repeat(55)).append(i).append('"');
    }
    Request request =
        Request.of("PUT", "/tracking/state")
            .header("Content-Type: application/json")
            .body(file.append("]}").toString());
    judge(
        "a state file of %,d bytes".formatted(request.body().length()),
        wire.send(request, LONG),
        200);
  }

  private void stalledUploads() throws IOException, InterruptedException {
    List<Socket> sockets = new ArrayList<>();
    try {
      String job = largeJob("stalled");
      for (int i = 0; i < 250; i++) {
        Socket socket = wire.connect();
        sockets.add(socket);
        socket
            .getOutputStream()
            .write(
                "POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n["
                    .getBytes(StandardCharsets.US_ASCII));
      }
      healthy("250 stalled uploads");
      say("a usual job beside 250 stalled uploads", aftermath.usualJob(Duration.ofSeconds(60)));
      healthy("250 stalled uploads, later");
      String state = aftermath.await(job, LONG).path("state").asText();
      say(
          "a large job beside 250 stalled uploads",
          state.equals("completed") ? null : "is " + state);
    } finally {
      close(sockets);
    }
  }

  private void unreadDownloads() throws IOException, InterruptedException {
    List<Socket> sockets = new ArrayList<>();
    try {
      String done = largeJob("unread");
      String state = aftermath.await(done, LONG).path("state").asText();
      say("a large job to download", state.equals("completed") ? null : "is " + state);
      String working = largeJob("beside");
      for (int i = 0; i < 260; i++) {
        Socket socket = wire.connect();
        socket.setReceiveBufferSize(4_096);
        sockets.add(socket);
        socket
            .getOutputStream()
            .write(
                "GET /jobs/%s/results HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .formatted(done)
                    .getBytes(StandardCharsets.US_ASCII));
      }
      healthy("260 unread downloads");
      int served = 0;
      int refused = 0;
      for (Socket socket : sockets) {
        socket.setSoTimeout(20_000);
        InputStream in = socket.getInputStream();
        String line = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
        served += line.endsWith("200") ? 1 : 0;
        refused += line.endsWith("429") ? 1 : 0;
      }
      say(
          "260 unread downloads: %d served, %d refused".formatted(served, refused),
          served == 16 && refused == 244 ? null : "not 16 and 244");
      say("a usual job beside 260 unread downloads", usualBesideDownloads());
      healthy("260 unread downloads, later");
      state = aftermath.await(working, LONG).path("state").asText();
      say(
          "a large job beside 260 unread downloads",
          state.equals("completed") ? null : "is " + state);
    } finally {
      close(sockets);
    }
  }

  /** Its results are a download as well, and all 16 are taken: the job alone is looked at. */
  private String usualBesideDownloads() throws InterruptedException {
    Answer posted =
        wire.send(
            Request.json("[{\"discount_id\":\"beside\",\"title\":\"Beside\",\"price\":\"20%\"}]"));
    var job = aftermath.await(posted.json().path("id").asText(), Duration.ofSeconds(60));
    return job.path("counts").path("succeeded").asInt() == 1 ? null : "is " + job;
  }

  /** 20,000 different records with some text, so that their results fill any buffer on the way. */
  private String largeJob(String prefix) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append(
          "{\"discount_id\":\"%s%d\",\"price\":\"10%%\",\"title\":\"Lamps %s %d\",\"description\":\"%s\"}\n"
              .formatted(prefix, i, prefix, i, "soft light ".repeat(20)));
    }
    Answer answer = wire.send(Request.lines(lines.toString()), LONG);
    judge("20,000 records", answer, 202);
    return answer.json().path("id").asText();
  }

  private void healthy(String when) {
    for (String path : List.of("/q/health/live", "/q/health/ready")) {
      Answer answer = wire.send(Request.get(path), Duration.ofSeconds(20));
      say(
          path + " beside " + when,
          answer.status() == 200 && answer.millis() <= HEALTHY_MILLIS
              ? null
              : "%s after %d ms".formatted(answer.statusText(), answer.millis()));
    }
  }

  private static <T> List<T> atOnce(int count, Callable<T> task) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> one : threads.invokeAll(java.util.Collections.nCopies(count, task))) {
        results.add(one.get());
      }
      return results;
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void judge(String name, Answer answer, Integer... statuses) {
    List<String> wrongs = new ArrayList<>(Manners.wrongs(answer, false));
    if (!List.of(statuses).contains(answer.status())) {
      wrongs.add(0, answer.statusText() + " " + Request.brief(answer.text()));
    }
    say(
        "%s  %s after %,d ms, %d MB"
            .formatted(name, answer.statusText(), answer.millis(), service.residentMegabytes()),
        wrongs.isEmpty() ? null : String.join("; ", wrongs));
  }

  private void say(String name, String wrong) {
    report.accept(wrong == null || wrong.isEmpty() ? name : name + " WRONG: " + wrong);
  }
}
