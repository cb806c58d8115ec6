package io.burnish.enhancement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.RecordJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a model wrote, taken apart. Lenient about the wrapping (fences, prose, a bare list), strict
 * about whose answer is whose.
 */
final class Answers {

  private final List<ObjectNode> entries;
  private final Optional<String> broken;
  private final boolean single;

  private Answers(List<ObjectNode> entries, Optional<String> broken, boolean single) {
    this.entries = entries;
    this.broken = broken;
    this.single = single;
  }

  /**
   * Takes an answer apart; {@code single}: only one record was asked about, so that a missing ref
   * can only mean that one.
   */
  static Answers parse(String raw, boolean single) {
    Optional<String> firstProblem = Optional.empty();
    for (String candidate : candidates(raw)) {
      try {
        return new Answers(entries(RecordJson.read(candidate)), Optional.empty(), single);
      } catch (IllegalArgumentException e) {
        firstProblem = firstProblem.or(() -> Optional.of(String.valueOf(e.getMessage())));
      }
    }
    return new Answers(List.of(), firstProblem.or(() -> Optional.of("no JSON in it")), single);
  }

  /**
   * The text itself, then what stands between its outermost braces or brackets: fences and prose
   * fall away.
   */
  private static List<String> candidates(String raw) {
    List<String> candidates = new ArrayList<>();
    String text = raw.strip();
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    candidates.add(text);
    between(text, '{', '}').ifPresent(candidates::add);
    between(text, '[', ']').ifPresent(candidates::add);
    return candidates;
  }

  private static Optional<String> between(String text, char open, char close) {
    int from = text.indexOf(open);
    int to = text.lastIndexOf(close);
    return from >= 0 && to > from ? Optional.of(text.substring(from, to + 1)) : Optional.empty();
  }

  private static List<ObjectNode> entries(JsonNode answer) {
    JsonNode list = answer.isArray() ? answer : answer.path("records");
    List<ObjectNode> entries = new ArrayList<>();
    if (list.isArray()) {
      list.forEach(
          entry -> {
            if (entry instanceof ObjectNode object) {
              entries.add(object);
            }
          });
    } else if (answer instanceof ObjectNode object && !object.has("records")) {
      entries.add(object);
    }
    return entries;
  }

  /** What was answered for a ref, without the ref: none, one, or several. */
  List<ObjectNode> to(int ref) {
    if (single && entries.size() == 1 && !entries.get(0).has("ref")) {
      return entries;
    }
    return entries.stream()
        .filter(entry -> entry.path("ref").isIntegralNumber() && entry.path("ref").asInt() == ref)
        .map(entry -> (ObjectNode) entry.deepCopy().without("ref"))
        .toList();
  }

  /** Name of the rule that an absent answer breaks. */
  String rule() {
    return broken.isPresent() ? "answer_not_json" : "answer_missing";
  }

  /** Why there is no answer for a ref. */
  String whyNone(int ref) {
    return broken
        .map(problem -> "the answer is " + problem)
        .orElseGet(
            () ->
                "the answer has none for ref %d; refs in it: %s"
                    .formatted(
                        ref, entries.stream().map(entry -> entry.path("ref").toString()).toList()));
  }
}
