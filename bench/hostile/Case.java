import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One input: what is sent, the statuses that are right, and what else must be so. What holds of
 * every answer is in {@link Manners}.
 */
final class Case {

  /** What must be so; null when it is, else what is wrong. */
  @FunctionalInterface
  interface Check {
    String wrong(Answer answer, Wire wire);
  }

  final String name;
  final Request request;
  final Set<Integer> statuses = new TreeSet<>();
  private final List<Check> checks = new ArrayList<>();
  private Duration within = Wire.USUAL;
  private int total = -1;
  private boolean transport;
  private Check after = (answer, wire) -> null;

  Case(String name, Request request, Integer... statuses) {
    this.name = name;
    this.request = request;
    this.statuses.addAll(Arrays.asList(statuses));
  }

  Duration within() {
    return within;
  }

  Case within(Duration longer) {
    within = longer;
    return this;
  }

  /** The transport refuses it before there is a request: it may do so without a word. */
  Case transport() {
    transport = true;
    return this;
  }

  /** How many items a 202 must have made; -1: any number. */
  int total() {
    return total;
  }

  Case total(int items) {
    total = items;
    return this;
  }

  /** What must be so of the job's results, once it is completed. */
  Case after(Check results) {
    after = results;
    return this;
  }

  /** The only record comes back enhanced, with this text, letter for letter. */
  Case returns(String field, String text) {
    return after(
        (results, wire) -> {
          JsonNode value = results.json().path(0).path(field);
          return value.isTextual() && value.textValue().equals(text)
              ? null
              : field + " came back as " + Request.brief(value.toString());
        });
  }

  Check after() {
    return after;
  }

  Case check(Check check) {
    checks.add(check);
    return this;
  }

  /** A 400 names line and column, in fields and in words. */
  Case malformed() {
    return check(
        (answer, wire) -> {
          if (answer.status() != 400) {
            return null;
          }
          JsonNode problem = answer.json();
          return problem.path("line").asInt() >= 1 && problem.path("column").asInt() >= 1
              ? null
              : "names no line and column";
        });
  }

  /** A 400 names this line. */
  Case atLine(int line) {
    return check(
        (answer, wire) ->
            answer.status() != 400 || answer.json().path("line").asInt() == line
                ? null
                : "names line %s, not %d".formatted(answer.json().path("line"), line));
  }

  /** The body says one of these, in small or capital letters. */
  Case says(String... words) {
    return check(
        (answer, wire) -> {
          String text = answer.text().toLowerCase(Locale.ROOT);
          return Arrays.stream(words).anyMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)))
              ? null
              : "does not say " + Arrays.stream(words).collect(Collectors.joining(" or "));
        });
  }

  /** The body does not say any of these. */
  Case silentAbout(String... words) {
    return check(
        (answer, wire) ->
            Arrays.stream(words)
                .filter(word -> answer.text().contains(word))
                .findFirst()
                .map(word -> "says " + Request.brief(word))
                .orElse(null));
  }

  Case typed(String type) {
    return check(
        (answer, wire) ->
            answer.status() >= 400 || answer.type().replace(" ", "").startsWith(type)
                ? null
                : "is " + answer.type() + ", not " + type);
  }

  /** All that is wrong with an answer, general manners included. */
  List<String> wrongs(Answer answer, Wire wire) {
    List<String> wrongs = new ArrayList<>();
    if (!statuses.contains(answer.status())) {
      wrongs.add(
          answer.statusText()
              + ", not "
              + statuses.stream()
                  .map(status -> status == Answer.CLOSED ? "closed" : status.toString())
                  .collect(Collectors.joining(" or ")));
    }
    boolean wordless = transport && answer.body().length == 0;
    wrongs.addAll(Manners.wrongs(answer, request.method().equals("HEAD") || wordless));
    for (Check check : checks) {
      String wrong = check.wrong(answer, wire);
      if (wrong != null) {
        wrongs.add(wrong);
      }
    }
    return wrongs;
  }
}
