package io.burnish.crash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.fixtures.Discounts;
import io.burnish.record.RecordJson;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Discounts that no other batch has, with the keys 1, 2, 3 and so on, each of which a model can
 * enhance.
 */
record Batch(List<ObjectNode> records) {

  static Batch of(int records) {
    return new Batch(
        IntStream.rangeClosed(1, records)
            .mapToObj(i -> Discounts.readable(Integer.toString(i)))
            .toList());
  }

  int size() {
    return records.size();
  }

  String body() {
    return Discounts.list(records.toArray(ObjectNode[]::new));
  }

  Set<String> titles() {
    return records.stream()
        .map(record -> record.path("title").asText())
        .collect(Collectors.toSet());
  }

  /** Titles in the order of the input. */
  List<String> titlesInOrder() {
    return records.stream().map(record -> record.path("title").asText()).toList();
  }

  @Override
  public String toString() {
    return RecordJson.write(records.get(0)) + " and so on, " + size() + " in all";
  }
}
