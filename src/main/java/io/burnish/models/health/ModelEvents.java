package io.burnish.models.health;

import io.burnish.provider.fault.ProviderFault;
import java.time.Duration;

/** Listener to the changes of a model that other replicas, later starts, or operators must know. */
public interface ModelEvents {

  /** The model is decommissioned; called once. */
  void decommissioned(String model, String reason);

  /** A cooldown of this length begins now for all replicas. */
  void coolingDown(String model, Duration length, String reason);

  /** A cooldown began at this replica. */
  void cooldownBegan(String model, Cooldown.Cause cause);

  /** A call goes on to the next model, because this one met a fault. */
  void fellBack(String model, ProviderFault fault);
}
