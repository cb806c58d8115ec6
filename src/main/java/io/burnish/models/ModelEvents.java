package io.burnish.models;

import java.time.Duration;

/** Listener to the changes of a model that other replicas, or later starts, must know. */
interface ModelEvents {

  /** The model is decommissioned; called once. */
  void decommissioned(String model, String reason);

  /** A cooldown of this length begins now. */
  void coolingDown(String model, Duration length, String reason);
}
