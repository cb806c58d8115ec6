package io.burnish.tracking;

import java.util.Map;

/**
 * What is tracked, counted.
 *
 * @param profiles by profile; those of which nothing is tracked are not in the map
 * @param estimated whether a sample was counted, as all would have taken too long
 */
public record TrackedOverview(Map<String, TrackedCounts> profiles, boolean estimated) {}
