package io.burnish.dispatch.plan;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How many calls are in flight, and how large they are. */
@ConfigMapping(prefix = "burnish.worker")
public interface DispatchConfig {

  /**
   * Calls in flight at most, from 1 to 1,000. Each takes a thread of some 100 kB; no provider
   * admits more of one account.
   */
  @Min(1)
  @Max(1000)
  int concurrency();

  /** Records in one call at most; 1: no packing. Over 0. */
  @Min(1)
  @Max(1000)
  int pack();
}
