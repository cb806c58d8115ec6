package io.burnish.models.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The models in order of preference, and which are decommissioned. Thread-safe. */
public final class Preference {

  private final List<String> all;
  private final Map<String, Failover> decommissioned = new ConcurrentHashMap<>();

  /** The models, most preferred first; at least one. */
  public Preference(List<String> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("BURNISH_MODELS names no model; name at least one");
    }
    this.all = List.copyOf(all);
  }

  /** All configured models. */
  public List<String> all() {
    return all;
  }

  /** The place of a configured model, from 0; below 0 for any other. */
  public int place(String model) {
    return all.indexOf(model);
  }

  /** The models that are not decommissioned. */
  public List<String> remaining() {
    return all.stream().filter(model -> !decommissioned.containsKey(model)).toList();
  }

  /**
   * Marks a model as decommissioned.
   *
   * @return whether it was not before
   */
  public boolean decommission(String model, Failover why) {
    return decommissioned.putIfAbsent(model, why) == null;
  }

  /** Removes the mark. */
  public void reinstate(String model) {
    decommissioned.remove(model);
  }

  /** Why the model is decommissioned; empty when it is not. */
  Optional<Failover> decommissioned(String model) {
    return Optional.ofNullable(decommissioned.get(model));
  }

  /** The decommissioned models. */
  Set<String> decommissioned() {
    return Set.copyOf(decommissioned.keySet());
  }
}
