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
import java.util.stream.IntStream;

/** Adds a fault to a correct answer. Stateless. */
public final class AnswerCorruption {

  /** A price that no record names. */
  private static final double FALSE_PRICE = 987_654.25;

  /** Packs of at most this many records are answered completely. */
  private static final int SMALL_PACK = 2;

  private static final double DROPPED_SHARE = 0.25;

  /**
   * An answer, the records that it answers, in order, and the place of the first that the fault
   * concerns.
   */
  private record Answer(ObjectNode document, List<JsonNode> records, int place) {

    ArrayNode answers() {
      return (ArrayNode) document.get("records");
    }

    /** The answer at that place; the whole document when there is none. */
    ObjectNode concerned() {
      return answers().isEmpty() ? document : (ObjectNode) answers().get(place);
    }

    String draft() {
      return WrongDrafts.of(document, records).toString();
    }
  }

  /** Faults that leave a document. */
  private static final Map<InjectedFault, Consumer<Answer>> DOCUMENT_FAULTS =
      Map.ofEntries(
          Map.entry(
              InjectedFault.WRONG_CATEGORY,
              a -> a.concerned().putArray("category").add("Discounts")),
          Map.entry(InjectedFault.PRICE_NOT_IN_TEXT, a -> falsifyPrice(a.concerned())),
          Map.entry(
              InjectedFault.PRICE_AS_TEXT,
              a -> a.concerned().put("price", a.concerned().path("price").asText())),
          Map.entry(
              InjectedFault.NO_PRICE,
              a -> a.answers().forEach(record -> ((ObjectNode) record).putNull("price"))),
          Map.entry(InjectedFault.MISSING_REF, a -> a.answers().remove(a.place())),
          Map.entry(InjectedFault.FOREIGN_REF, a -> a.concerned().put("ref", 999)),
          Map.entry(
              InjectedFault.REPEATED_REF,
              a -> a.answers().add(a.concerned().deepCopy().put("price", 77))),
          Map.entry(InjectedFault.DROPS_REFS, AnswerCorruption::drop));

  /** Faults after which the text is no longer a single document. */
  private static final Map<InjectedFault, Function<Answer, String>> TEXT_FAULTS =
      Map.ofEntries(
          Map.entry(InjectedFault.BROKEN_JSON, AnswerCorruption::half),
          Map.entry(InjectedFault.TRUNCATED, AnswerCorruption::half),
          Map.entry(InjectedFault.EMPTY, a -> ""),
          Map.entry(
              InjectedFault.FENCED_JSON,
              a -> "Here is the answer:\n```json\n" + a.document() + "\n```\nAnything else?"),
          Map.entry(
              InjectedFault.THINK_DRAFT,
              a -> "<think>\nFirst draft:\n" + a.draft() + "\n</think>\n\n" + a.document()),
          Map.entry(
              InjectedFault.THINK_UNCLOSED, a -> "<think>\nFirst draft:\n" + a.draft() + "\nBut"),
          Map.entry(
              InjectedFault.CHANNEL_DRAFT,
              a ->
                  "<|channel|>analysis<|message|>"
                      + a.draft()
                      + "<|end|><|start|>assistant<|channel|>final<|message|>"
                      + a.document()),
          Map.entry(
              InjectedFault.PROSE_DRAFT,
              a ->
                  a.draft()
                      + "\n\nWait, these prices are not the ones of the offers. The final answer is:\n\n"
                      + a.document()));

  private AnswerCorruption() {}

  /**
   * The text of an answer with a fault.
   *
   * @param fault a fault of a single record is added to the answer of the first that it concerns
   * @param answer correct; modified
   * @param records the records that it answers, in order
   */
  public static String corrupt(PlannedFault fault, ObjectNode answer, List<JsonNode> records) {
    Answer corrupted = new Answer(answer, records, place(fault, records));
    DOCUMENT_FAULTS.getOrDefault(fault.kind(), a -> {}).accept(corrupted);
    return TEXT_FAULTS.getOrDefault(fault.kind(), a -> a.document().toString()).apply(corrupted);
  }

  /** The first record that the fault concerns; the first of all when there is none. */
  private static int place(PlannedFault fault, List<JsonNode> records) {
    return IntStream.range(0, records.size())
        .filter(i -> fault.about().test(records.get(i).toString()))
        .findFirst()
        .orElse(0);
  }

  /** Gives the same false price to the answers of some records. */
  public static void falsifyPrice(
      ObjectNode answer, List<String> records, Predicate<String> which) {
    for (int i = 0; i < records.size(); i++) {
      if (which.test(records.get(i))) {
        falsifyPrice((ObjectNode) answer.get("records").get(i));
      }
    }
  }

  private static void falsifyPrice(ObjectNode record) {
    record.put("price", FALSE_PRICE).put("discount_type", "fixed_amount");
  }

  private static void drop(Answer answer) {
    if (answer.answers().size() <= SMALL_PACK) {
      return;
    }
    for (int i = answer.answers().size() - 1; i >= 0; i--) {
      if (RecordDigest.share(answer.records().get(i).toString()) < DROPPED_SHARE) {
        answer.answers().remove(i);
      }
    }
  }

  private static String half(Answer answer) {
    String whole = answer.document().toString();
    return whole.substring(0, whole.length() / 2);
  }
}
