package io.burnish.simulator.model;

import java.util.Map;
import java.util.Set;

/**
 * The models that the provider serves.
 *
 * @param unknown what happens to calls to models that the provider does not have
 * @param decommissioned bare names of decommissioned models
 * @param maxOutput maximum tokens of an answer by bare name, where it differs from the known one
 */
public record ServedModels(
    Unknown unknown, Set<String> decommissioned, Map<String, Integer> maxOutput) {

  /** What happens to calls to models that the provider does not have. */
  public enum Unknown {
    /** They are answered. */
    ACCEPT,
    /** 404. */
    REFUSE
  }

  /** Whether a model is decommissioned. */
  public boolean isDecommissioned(String model) {
    return decommissioned.contains(KnownModel.bare(model));
  }

  /** Whether calls to a model are refused because the provider does not have it. */
  public boolean isMissing(String model) {
    return unknown == Unknown.REFUSE && KnownModel.named(model).isEmpty();
  }

  /** Maximum tokens that a model writes. */
  public int maxOutputOf(String model) {
    Integer other = maxOutput.get(KnownModel.bare(model));
    return other != null ? other : KnownModel.orUsual(model).maxOutput();
  }
}
