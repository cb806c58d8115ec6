package io.burnish.enhancement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Violation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The entries of a raw answer, by ref. */
final class Answers {

  private static final Pattern REF = Pattern.compile("\\d{1,9}");

  private final AnswerText.Content content;
  private final Map<Integer, ObjectNode> byRef = new HashMap<>();
  private final Set<Integer> contradicted = new HashSet<>();

  private Answers(AnswerText.Content content) {
    this.content = content;
  }

  /** Reads a raw answer. Entries with unknown refs are ignored. */
  static Answers in(String rawAnswer, List<Question> questions) {
    Answers answers = new Answers(AnswerText.read(rawAnswer));
    List<ObjectNode> entries = answers.content.entries();
    if (questions.size() == 1 && entries.size() == 1 && !entries.get(0).has("ref")) {
      answers.byRef.put(questions.get(0).ref(), entries.get(0));
    } else {
      entries.forEach(answers::add);
    }
    return answers;
  }

  /** Why there is no answer with that ref; empty if there is one. */
  Optional<Violation> missing(int ref) {
    if (contradicted.contains(ref)) {
      return Optional.of(
          new Violation(
              "answer_repeated", "ref " + ref + " was answered more than once, each differently"));
    }
    if (byRef.containsKey(ref)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (content.state()) {
          case NOT_JSON ->
              new Violation(
                  "answer_not_json", "the answer was not JSON of the form {\"records\":[…]}");
          case CUT_OFF ->
              new Violation(
                  "answer_missing", "the answer was cut off before ref " + ref + " was complete");
          case WHOLE -> new Violation("answer_missing", "the answer has no entry with ref " + ref);
        });
  }

  /** The answer with that ref, without the ref; call only if {@link #missing} is empty. */
  ObjectNode to(int ref) {
    return byRef.get(ref);
  }

  private void add(ObjectNode entry) {
    Optional<Integer> ref = refOf(entry.path("ref"));
    if (ref.isPresent()) {
      ObjectNode answer = entry.deepCopy();
      answer.remove("ref");
      ObjectNode earlier = byRef.putIfAbsent(ref.get(), answer);
      if (earlier != null && !earlier.equals(answer)) {
        contradicted.add(ref.get());
      }
    }
  }

  /** "1" and 1.0 are the same ref as 1. */
  private static Optional<Integer> refOf(JsonNode ref) {
    if (ref.isTextual() && REF.matcher(ref.textValue().strip()).matches()) {
      return Optional.of(Integer.valueOf(ref.textValue().strip()));
    }
    boolean whole = ref.isNumber() && ref.canConvertToInt() && ref.canConvertToExactIntegral();
    return whole ? Optional.of(ref.intValue()) : Optional.empty();
  }
}
