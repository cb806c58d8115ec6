package io.burnish.items;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.burnish.record.RecordJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why an answer was refused, as the ledger stores it.
 *
 * @param code stable code of the rule; empty when an earlier version stored the answer
 * @param message a sentence
 * @param evidence the place in the record, as JSON; empty when there is none
 */
public record StoredViolation(Optional<String> code, String message, Optional<String> evidence) {

  /**
   * The violations of an answer. Codes and evidence are stored beside the sentences, in the same
   * order.
   *
   * @param errors the sentences
   * @param violations code and evidence of each, as a JSON list; null when they are not stored
   */
  public static List<StoredViolation> list(List<String> errors, @Nullable String violations) {
    JsonNode codes = violations == null ? MissingNode.getInstance() : RecordJson.read(violations);
    List<StoredViolation> list = new ArrayList<>();
    for (String error : errors) {
      JsonNode stored = codes.path(list.size());
      list.add(
          new StoredViolation(
              Optional.ofNullable(stored.path("code").textValue()),
              error,
              Optional.of(stored.path("evidence"))
                  .filter(JsonNode::isObject)
                  .map(RecordJson::write)));
    }
    return List.copyOf(list);
  }
}
