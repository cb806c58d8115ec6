package io.burnish.models;

import java.time.Duration;

/** Is told what other replicas, and later starts, should know of a model. */
interface ModelEvents {

  /** It is out for good; told once. */
  void decommissioned(String model, String reason);

  /** It rests so long from now. */
  void coolingDown(String model, Duration rest, String reason);
}
