package io.burnish.tracking.decision;

import java.util.Map;

/**
 * Counts of decisions by profile.
 *
 * @param profiles by profile; profiles without decisions are not in the map
 * @param estimated whether the counts are extrapolated from a sample
 */
public record TrackedOverview(Map<String, TrackedCounts> profiles, boolean estimated) {}
