package io.burnish.tracking;

import io.smallrye.config.ConfigMapping;

/** The provider of the tracked decisions, and the reset at start. */
@ConfigMapping(prefix = "burnish.tracking")
public interface TrackingConfig {

  /** {@code groq} or {@code simulated}; decisions of the other provider are not used. */
  String provider();

  /** Whether all decisions are deleted at each start. */
  boolean resetAtStart();

  /**
   * Whether all owners share one tracking. It is read when a job is posted; the job keeps the
   * tracking that it began with.
   */
  boolean shared();
}
