import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What must be so when all is over. Each look is a line, with " WRONG: " and why where it is not
 * so.
 */
final class Aftermath {

  private static final int LARGEST_MEGABYTES = 700;
  private static final int LONGEST_LINE = 4_000;
  private static final Pattern STACK =
      Pattern.compile("^\\s+at [\\w.$/<>]+\\(|^Caused by: |^\\s+\\.\\.\\. \\d+ more");

  private record Posted(int number, Case one, String job) {}

  private final Service service;
  private final Wire wire;
  private final List<Posted> jobs = new ArrayList<>();

  Aftermath(Service service) {
    this.service = service;
    this.wire = service.wire();
  }

  void add(int number, Case one, String job) {
    jobs.add(new Posted(number, one, job));
  }

  /** The job when it is completed; when it is not within the time, as it is. */
  JsonNode await(String id, Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      JsonNode job = wire.get("/jobs/" + id).json();
      if (job.path("state").asText().equals("completed") || System.nanoTime() > end) {
        return job;
      }
      Thread.sleep(100);
    }
  }

  void look(Consumer<String> report) throws InterruptedException {
    for (String wrong : jobs()) {
      report.accept(wrong);
    }
    report.accept(line("%d jobs looked at".formatted(jobs.size()), null));
    report.accept(line("a usual job", usualJob(Duration.ofSeconds(60))));
    Answer health = wire.get("/q/health");
    boolean up = health.status() == 200 && health.json().path("status").asText().equals("UP");
    report.accept(
        line("/q/health", up ? null : health.statusText() + " " + Request.brief(health.text())));
    long megabytes = service.residentMegabytes();
    report.accept(
        line(
            "resident: %d MB".formatted(megabytes),
            megabytes < LARGEST_MEGABYTES ? null : "too much"));
    report.accept(line("bodies left", bodies()));
    log(report);
  }

  /** What is wrong with jobs that were accepted. */
  private List<String> jobs() throws InterruptedException {
    List<String> wrongs = new ArrayList<>();
    for (Posted posted : jobs) {
      JsonNode job = await(posted.job(), Duration.ofSeconds(90));
      JsonNode counts = job.path("counts");
      String name = "job of case %d (%s)".formatted(posted.number(), posted.one().name);
      if (!job.path("state").asText().equals("completed")) {
        wrongs.add(line(name, "is " + Request.brief(job.toString())));
        continue;
      }
      int total = counts.path("total").asInt(-1);
      if (posted.one().total() >= 0 && total != posted.one().total()) {
        wrongs.add(line(name, "has %d items".formatted(total)));
      }
      String wrong =
          posted.one().after().wrong(wire.get("/jobs/" + posted.job() + "/results"), wire);
      if (wrong != null) {
        wrongs.add(line(name, wrong));
      }
    }
    return wrongs;
  }

  /** Null when a usual job comes out right. */
  String usualJob(Duration within) throws InterruptedException {
    String key = "usual-" + System.nanoTime();
    Answer posted =
        wire.send(
            Request.json(
                "[{\"discount_id\":\"%s\",\"title\":\"Lamps %s\",\"price\":\"20%% OFF\"}]"
                    .formatted(key, key)));
    if (posted.status() != 202) {
      return "is " + posted.statusText();
    }
    String id = posted.json().path("id").asText();
    JsonNode job = await(id, within);
    if (!job.path("state").asText().equals("completed")) {
      return "is " + Request.brief(job.toString());
    }
    JsonNode record = wire.get("/jobs/" + id + "/results").json().path(0);
    return record.path("discount_id").asText().equals(key)
            && record.path("price").asInt() == 20
            && record.path("discount_type").asText().equals("percentage")
        ? null
        : "came back as " + record;
  }

  private String bodies() throws InterruptedException {
    List<String> left = service.bodies();
    for (int i = 0; i < 50 && !left.isEmpty(); i++) {
      Thread.sleep(100);
      left = service.bodies();
    }
    return left.isEmpty() ? null : left.toString();
  }

  private void log(Consumer<String> report) {
    String log = service.log();
    List<String> errors = new ArrayList<>();
    List<String> stacks = new ArrayList<>();
    List<String> controls = new ArrayList<>();
    List<String> others = new ArrayList<>();
    int longest = 0;
    for (String line : log.split("\n", -1)) {
      longest = Math.max(longest, line.length());
      if (line.matches("\\d{4}-\\d\\d-\\d\\d \\S+ (ERROR|FATAL) .*")) {
        errors.add(line);
      }
      if (STACK.matcher(line).find()) {
        stacks.add(line);
      }
      if (line.chars()
          .anyMatch(c -> Character.isISOControl(c) && c != '\t' || c == 0x2028 || c == 0x2029)) {
        controls.add(line);
      }
      if (line.startsWith("2026-11-26 00:00:00,000")) {
        others.add(line);
      }
    }
    report.accept(line("log: errors", first(errors)));
    report.accept(line("log: stack traces", first(stacks)));
    report.accept(line("log: control characters", first(controls)));
    report.accept(line("log: forged lines", first(others)));
    report.accept(
        line(
            "log: longest line, %d characters".formatted(longest),
            longest <= LONGEST_LINE ? null : "too long"));
  }

  private static String first(List<String> lines) {
    return lines.isEmpty() ? null : "%d, first: %s".formatted(lines.size(), cut(lines.get(0)));
  }

  private static String cut(String line) {
    String clean = line.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > 300 ? clean.substring(0, 300) : clean;
  }

  private static String line(String name, String wrong) {
    return wrong == null ? name : name + " WRONG: " + wrong;
  }
}
