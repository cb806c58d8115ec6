package io.burnish.tracking;

import io.smallrye.config.ConfigMapping;

/** The provider of the tracked decisions, and the reset at start. */
@ConfigMapping(prefix = "burnish.tracking")
public interface TrackingConfig {

  /** {@code groq} or {@code simulated}; decisions of the other provider are not used. */
  String provider();

  /** Whether all decisions are deleted at each start. */
  boolean resetAtStart();
}
