package io.burnish.metrics;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The meters of one name, by the values of their labels. A meter is registered at its first use;
 * later uses cost one hash lookup. Thread-safe.
 *
 * @param <M> type of the meters
 */
final class Family<M> {

  private final ConcurrentHashMap<List<String>, M> meters = new ConcurrentHashMap<>();
  private final List<String> labels;
  private final Function<Tags, M> register;

  /**
   * @param register registers the meter with these labels
   * @param labels names of the labels
   */
  Family(Function<Tags, M> register, String... labels) {
    this.labels = List.of(labels);
    this.register = register;
  }

  /**
   * The meter with these values.
   *
   * @param values of the labels, in their order
   */
  M with(String... values) {
    List<String> key = List.of(values);
    M known = meters.get(key);
    return known != null ? known : meters.computeIfAbsent(key, this::register);
  }

  private M register(List<String> values) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      tags.add(Tag.of(labels.get(i), values.get(i)));
    }
    return register.apply(Tags.of(tags));
  }
}
