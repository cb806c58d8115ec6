import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Checks that hold for every answer. */
final class Manners {

  private static final int LARGEST_REFUSAL = 64 * 1024;
  private static final int LONGEST_DETAIL = 4_000;

  /** Words of the libraries, which say nothing to a client; in small letters. */
  private static final List<String> INNER_WORDS =
      List.of(
          "jackson",
          "streamreadconstraints",
          "streamreadfeature",
          "jsonreadfeature",
          "allow_",
          "[source",
          "java.",
          "jakarta.",
          "io.vertx",
          "io.netty",
          "io.quarkus",
          "resteasy",
          "ctrl-char",
          "exception",
          "\"stack\"",
          "hibernate",
          "org.postgresql",
          "psqlexception",
          "error id",
          "getmax",
          "io.burnish",
          "netty",
          "vert.x");

  private Manners() {}

  static List<String> wrongs(Answer answer, boolean head) {
    List<String> wrongs = new ArrayList<>();
    int status = answer.status();
    if (status < 400) { // CLOSED and SILENT, too
      return wrongs;
    }
    if (status >= 500 && status != 503 && status != 507 && status != 501 && status != 505) {
      wrongs.add("a client must not cause a " + status);
    }
    if ((status == 503 || status == 507 || status == 429)
        && answer.header("retry-after").isEmpty()) {
      wrongs.add("no Retry-After");
    }
    if (status == 405 && answer.header("allow").filter(allow -> !allow.isBlank()).isEmpty()) {
      wrongs.add("no Allow");
    }
    if (!head) {
      wrongs.addAll(problem(answer));
    }
    return wrongs;
  }

  private static List<String> problem(Answer answer) {
    List<String> wrongs = new ArrayList<>();
    if (answer.body().length > LARGEST_REFUSAL) {
      wrongs.add("%,d bytes for a refusal".formatted(answer.body().length));
    }
    if (!answer.type().startsWith("application/problem+json")) {
      wrongs.add(answer.type().isEmpty() ? "no content type" : "content type " + answer.type());
      return wrongs;
    }
    JsonNode problem = answer.json();
    for (String field : List.of("type", "title", "detail")) {
      if (problem.path(field).asText().isBlank()) {
        wrongs.add("no " + field);
      }
    }
    if (problem.path("status").asInt() != answer.status()) {
      wrongs.add("status in the body is " + problem.path("status"));
    }
    String detail = problem.path("detail").asText();
    if (detail.length() > LONGEST_DETAIL) {
      wrongs.add("a detail of %,d characters".formatted(detail.length()));
    }
    if (detail.contains(": :")) {
      wrongs.add("an empty name in \"" + Request.brief(detail) + "\"");
    }
    String text = answer.text().toLowerCase(Locale.ROOT);
    INNER_WORDS.stream()
        .filter(text::contains)
        .findFirst()
        .ifPresent(word -> wrongs.add("inner words: " + word));
    return wrongs;
  }
}
