package io.burnish.enhancement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the answer in a model's text: alone, in a fence, within prose, after reasoning and drafts,
 * or cut off. One pass over any text.
 *
 * <p>Of several documents, the last one with refs is the answer. If it is cut off, no earlier
 * document replaces it: those are drafts.
 */
final class AnswerText {

  /** Accepts trailing commas. Rejects repeated keys, because either value may be meant. */
  private static final ObjectMapper LENIENT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  /** How complete the answer is. */
  enum State {
    /** It is complete. */
    WHOLE,
    /** It is cut off; its complete entries are read. */
    CUT_OFF,
    /** It contains no JSON object. */
    NOT_JSON
  }

  /**
   * The content of an answer.
   *
   * @param entries one for each answered record, unchecked
   */
  record Content(State state, List<ObjectNode> entries) {

    private static final Content NONE = new Content(State.NOT_JSON, List.of());

    boolean hasRefs() {
      return entries.stream().anyMatch(entry -> entry.has("ref"));
    }
  }

  private AnswerText() {}

  static Content read(String rawAnswer) {
    Optional<JsonNode> whole = parse(rawAnswer.replace("\uFEFF", "").strip());
    if (whole.isPresent() && whole.get().isContainerNode()) {
      return new Content(State.WHOLE, entriesOf(whole.get()));
    }
    return last(JsonPieces.in(Reasoning.removedFrom(rawAnswer)));
  }

  private static Content last(List<JsonPieces.Piece> pieces) {
    Content withoutRefs = Content.NONE;
    boolean seenList = false;
    for (int i = pieces.size() - 1; i >= 0; i--) {
      JsonPieces.Piece piece = pieces.get(i);
      Content content = content(piece);
      if (content.hasRefs()) {
        return content;
      }
      if (!piece.isComplete() && piece.mayBeAnAnswer()) {
        return content;
      }
      boolean better = withoutRefs.entries().isEmpty() || (piece.isRecordList() && !seenList);
      if (content.state() == State.WHOLE && !content.entries().isEmpty() && better) {
        withoutRefs = content;
        seenList = piece.isRecordList();
      }
      if (withoutRefs.state() == State.NOT_JSON) {
        withoutRefs = content;
      }
    }
    return withoutRefs;
  }

  private static Content content(JsonPieces.Piece piece) {
    if (!piece.isComplete()) {
      return new Content(State.CUT_OFF, parsed(piece.innermost()));
    }
    if (piece.texts().size() > 1) {
      List<ObjectNode> entries = parsed(piece.texts());
      return new Content(entries.isEmpty() ? State.NOT_JSON : State.WHOLE, entries);
    }
    return parse(piece.texts().get(0))
        .map(whole -> new Content(State.WHOLE, entriesOf(whole)))
        .orElseGet(
            () -> {
              List<ObjectNode> entries = parsed(piece.innermost());
              return new Content(entries.isEmpty() ? State.NOT_JSON : State.WHOLE, entries);
            });
  }

  private static List<ObjectNode> parsed(List<String> objects) {
    List<ObjectNode> parsed = new ArrayList<>();
    for (String object : objects) {
      if (parse(object).orElse(null) instanceof ObjectNode entry && entry.has("ref")) {
        parsed.add(entry);
      }
    }
    return parsed;
  }

  /** The list of the document, a bare list, or a single object, which may be the answer itself. */
  private static List<ObjectNode> entriesOf(JsonNode value) {
    JsonNode records = value.path("records");
    if (value.isObject() && !records.isContainerNode()) {
      return List.of((ObjectNode) value);
    }
    JsonNode list = value.isObject() ? records : value;
    if (list instanceof ObjectNode only) {
      return List.of(only);
    }
    List<ObjectNode> entries = new ArrayList<>();
    for (JsonNode entry : list) {
      if (entry instanceof ObjectNode object) {
        entries.add(object);
      }
    }
    return entries;
  }

  private static Optional<JsonNode> parse(String json) {
    try {
      return Optional.ofNullable(LENIENT.readTree(json));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // the caller reports what is missing
    }
  }
}
