package io.burnish.simulator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.answers.RecordDigest;
import io.burnish.simulator.answers.WrongDrafts;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes a good answer a bad one. Stateless. */
public final class AnswerCorruption {

  /** No record is thought to name it. */
  private static final double NO_PRICE_ANYWHERE = 987_654.25;

  /** In company of at most so many, no record is dropped. */
  private static final int SMALL_COMPANY = 2;

  private static final double DROPPED = 0.25;

  /** An answer, and the questions it answers, in their order. */
  private record Written(ObjectNode answer, List<JsonNode> questions) {

    ArrayNode records() {
      return (ArrayNode) answer.get("records");
    }

    /** The first answer; the whole document when there is none. */
    ObjectNode first() {
      return records().isEmpty() ? answer : (ObjectNode) records().get(0);
    }

    String draft() {
      return WrongDrafts.wrong(answer, questions).toString();
    }
  }

  /** Kinds that leave a document. */
  private static final Map<InjectedFault, Consumer<Written>> OF_THE_DOCUMENT =
      Map.ofEntries(
          Map.entry(
              InjectedFault.WRONG_CATEGORY, w -> w.first().putArray("category").add("Discounts")),
          Map.entry(InjectedFault.PRICE_NOT_IN_TEXT, w -> misprice(w.first())),
          Map.entry(
              InjectedFault.PRICE_AS_TEXT,
              w -> w.first().put("price", w.first().path("price").asText())),
          Map.entry(
              InjectedFault.NO_PRICE,
              w -> w.records().forEach(record -> ((ObjectNode) record).putNull("price"))),
          Map.entry(InjectedFault.MISSING_REF, w -> w.records().remove(0)),
          Map.entry(InjectedFault.FOREIGN_REF, w -> w.first().put("ref", 999)),
          Map.entry(
              InjectedFault.REPEATED_REF,
              w -> w.records().add(w.first().deepCopy().put("price", 77))),
          Map.entry(InjectedFault.DROPS_REFS, AnswerCorruption::drop));

  /** Kinds whose text is more or less than a document. */
  private static final Map<InjectedFault, Function<Written, String>> OF_THE_TEXT =
      Map.ofEntries(
          Map.entry(InjectedFault.BROKEN_JSON, AnswerCorruption::half),
          Map.entry(InjectedFault.TRUNCATED, AnswerCorruption::half),
          Map.entry(InjectedFault.EMPTY, w -> ""),
          Map.entry(
              InjectedFault.FENCED_JSON,
              w -> "Here is the answer:\n```json\n" + w.answer() + "\n```\nAnything else?"),
          Map.entry(
              InjectedFault.THINK_DRAFT,
              w -> "<think>\nFirst draft:\n" + w.draft() + "\n</think>\n\n" + w.answer()),
          Map.entry(
              InjectedFault.THINK_UNCLOSED, w -> "<think>\nFirst draft:\n" + w.draft() + "\nBut"),
          Map.entry(
              InjectedFault.CHANNEL_DRAFT,
              w ->
                  "<|channel|>analysis<|message|>"
                      + w.draft()
                      + "<|end|><|start|>assistant<|channel|>final<|message|>"
                      + w.answer()),
          Map.entry(
              InjectedFault.PROSE_DRAFT,
              w ->
                  w.draft()
                      + "\n\n"
                      + "Wait, these prices are not the ones of the offers. The final answer"
                      + " is:\n\n"
                      + w.answer()));

  private AnswerCorruption() {}

  /**
   * The text of an answer, spoiled.
   *
   * @param answer good; is changed
   * @param questions the records it answers, in their order
   */
  public static String spoil(InjectedFault wrong, ObjectNode answer, List<JsonNode> questions) {
    Written written = new Written(answer, questions);
    OF_THE_DOCUMENT.getOrDefault(wrong, w -> {}).accept(written);
    return OF_THE_TEXT.getOrDefault(wrong, w -> w.answer().toString()).apply(written);
  }

  /** Gives the same false price to the records of some questions, whatever is said about it. */
  public static void misprice(ObjectNode answer, List<String> questions, Predicate<String> which) {
    for (int i = 0; i < questions.size(); i++) {
      if (which.test(questions.get(i))) {
        misprice((ObjectNode) answer.get("records").get(i));
      }
    }
  }

  private static void misprice(ObjectNode record) {
    record.put("price", NO_PRICE_ANYWHERE).put("discount_type", "fixed_amount");
  }

  private static void drop(Written written) {
    if (written.records().size() <= SMALL_COMPANY) {
      return;
    }
    for (int i = written.records().size() - 1; i >= 0; i--) {
      if (RecordDigest.share(written.questions().get(i).toString()) < DROPPED) {
        written.records().remove(i);
      }
    }
  }

  private static String half(Written written) {
    String whole = written.answer().toString();
    return whole.substring(0, whole.length() / 2);
  }
}
