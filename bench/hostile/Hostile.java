import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Sends what hostile and clumsy clients send, and judges each answer and what is left afterwards.
 */
final class Hostile {

  private static final Map<String, Function<Known, List<Case>>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("json", JsonCases::cases);
    GROUPS.put("lines", LineCases::lines);
    GROUPS.put("gzip", LineCases::gzip);
    GROUPS.put("text", TextCases::cases);
    GROUPS.put("query", AddressCases::query);
    GROUPS.put("path", AddressCases::path);
    GROUPS.put("methods", AddressCases::methods);
    GROUPS.put("accept", HeaderCases::accept);
    GROUPS.put("headers", HeaderCases::headers);
    GROUPS.put("idempotency", HeaderCases::idempotency);
    GROUPS.put("raw", RawCases::cases);
    GROUPS.put("job", JobCases::job);
    GROUPS.put("records", JobCases::records);
    GROUPS.put("sizes", JobCases::sizes);
    GROUPS.put("upload", UploadCases::cases);
    GROUPS.put("tracking", TrackingCases::tracking);
    GROUPS.put("logs", TrackingCases::logs);
  }

  private final Service service;
  private final Wire wire;
  private final Aftermath aftermath;
  private int number;
  private int wrong;

  private Hostile(Service service) {
    this.service = service;
    this.wire = service.wire();
    this.aftermath = new Aftermath(service);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Set<String> chosen = new LinkedHashSet<>();
    Set<String> options = new LinkedHashSet<>();
    for (String argument : arguments) {
      (argument.startsWith("--") ? options : chosen).add(argument);
    }
    boolean known =
        Set.of("--heavy", "--list", "--keep").containsAll(options)
            && chosen.stream().allMatch(name -> GROUPS.containsKey(name) || name.equals("heavy"));
    if (!known) {
      System.err.println("groups: " + String.join(", ", GROUPS.keySet()) + ", heavy; see --help");
      System.exit(1);
    }
    if (options.contains("--list")) {
      GROUPS.forEach(
          (name, cases) ->
              cases.apply(Known.NONE).forEach(one -> System.out.println(name + ": " + one.name)));
      return;
    }
    boolean heavy = options.contains("--heavy") || chosen.remove("heavy");
    Path directory = Files.createTempDirectory("burnish-hostile");
    int wrong;
    try (Service service = Service.start(directory)) {
      wrong =
          new Hostile(service)
              .run(chosen.isEmpty() && !onlyHeavy(arguments) ? GROUPS.keySet() : chosen, heavy);
    } finally {
      if (options.contains("--keep")) {
        System.out.println("kept: " + directory);
      } else {
        remove(directory);
      }
    }
    System.exit(wrong == 0 ? 0 : 1);
  }

  private static boolean onlyHeavy(String[] arguments) {
    return List.of(arguments).contains("heavy");
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private int run(Set<String> groups, boolean heavy) throws InterruptedException, IOException {
    Known known = known();
    for (String group : groups) {
      System.out.println("\n== " + group);
      GROUPS.get(group).apply(known).forEach(this::run);
    }
    if (heavy) {
      System.out.println("\n== heavy");
      new Heavy(service, aftermath, this::report).run();
    }
    System.out.println("\n== aftermath");
    aftermath.look(this::report);
    System.out.printf("%n%d cases and looks, %d wrong%n", number, wrong);
    return wrong;
  }

  /** A job that is there before all cases. */
  private Known known() throws InterruptedException {
    Answer answer =
        wire.send(
            Request.json(
                """
                {"name":"known","files":[{"name":"known.json",\
                "records":[{"discount_id":"known-1","title":"Lamps","price":"20% OFF"}]}]}"""));
    String id = answer.json().path("id").asText();
    aftermath.await(id, Duration.ofSeconds(60));
    return new Known(id, "known-1");
  }

  private void run(Case one) {
    Answer answer = wire.send(one.request, one.within());
    List<String> wrongs = new ArrayList<>(one.wrongs(answer, wire));
    if (answer.status() == 202) {
      JsonNode job = answer.json();
      int total = job.path("counts").path("total").asInt(-1);
      if (one.total() >= 0 && total != one.total()) {
        wrongs.add("%d items, not %d".formatted(total, one.total()));
      }
      aftermath.add(number + 1, one, job.path("id").asText());
    }
    report(
        "%s  [%s]  %s %s"
            .formatted(one.name, one.request.show(), answer.statusText(), answer.type()),
        wrongs);
    if (!wrongs.isEmpty() && answer.body().length > 0) {
      System.out.println("      " + cut(answer.text()));
    }
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > 400 ? line.substring(0, 400) + "…" : line;
  }

  /** A look that is wrong if it says so, after a dash. */
  private void report(String line) {
    int dash = line.indexOf(" WRONG: ");
    report(
        dash < 0 ? line : line.substring(0, dash),
        dash < 0 ? List.of() : List.of(line.substring(dash + 8)));
  }

  private void report(String line, List<String> wrongs) {
    number++;
    System.out.printf(
        "%3d %s  %s%n",
        number, line, wrongs.isEmpty() ? "ok" : "WRONG: " + String.join("; ", wrongs));
    if (!wrongs.isEmpty()) {
      wrong++;
    }
  }
}
