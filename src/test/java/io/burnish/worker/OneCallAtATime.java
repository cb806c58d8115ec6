package io.burnish.worker;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * One call at a time, about two records at most; five models, so that some can go; an account that
 * is asked again soon. One profile, because each costs a start.
 */
public class OneCallAtATime implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "burnish.models.preference", "one,two,three,four,five",
        "burnish.models.outage-rest", "300ms",
        // A plan for another call would hold the trial calls that a model has which was just
        // reset, and a fallback in that moment would pass it over.
        "burnish.worker.concurrency", "1",
        "burnish.worker.pack", "2",
        // What a test resets, the watch of the other replicas' resets repeats so much later.
        "burnish.models.refresh", "50ms");
  }
}
