package io.burnish.tracking;

import io.smallrye.config.ConfigMapping;

/** Whose answers are tracked, and whether to begin anew. */
@ConfigMapping(prefix = "burnish.tracking")
public interface TrackingConfig {

  /** Who answers here: {@code groq} or {@code simulated}. What others answered is out of sight. */
  String provider();

  /** Whether everything is forgotten at each start. */
  boolean resetAtStart();
}
