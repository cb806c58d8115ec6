package io.burnish.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The models in order of preference, and which of them are out for good. Thread-safe. */
final class Preference {

  private final List<String> all;
  private final Map<String, Failover> decommissioned = new ConcurrentHashMap<>();

  Preference(List<String> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("BURNISH_MODELS names no model; name at least one");
    }
    this.all = List.copyOf(all);
  }

  /** All of them, whether gone or not. */
  List<String> all() {
    return all;
  }

  /** The model's place, from 0, whether it is gone or not; below 0 when nobody named it. */
  int place(String model) {
    return all.indexOf(model);
  }

  /** Those that are not decommissioned. */
  List<String> remaining() {
    return all.stream().filter(model -> !decommissioned.containsKey(model)).toList();
  }

  /**
   * A model is out for good.
   *
   * @return whether it was not before
   */
  boolean decommission(String model, Failover why) {
    return decommissioned.putIfAbsent(model, why) == null;
  }

  /** The model is not out any more. */
  void reinstate(String model) {
    decommissioned.remove(model);
  }

  /** Why the model is gone; empty when it is not. */
  Optional<Failover> decommissioned(String model) {
    return Optional.ofNullable(decommissioned.get(model));
  }

  /** Those that are decommissioned. */
  Set<String> decommissioned() {
    return Set.copyOf(decommissioned.keySet());
  }
}
