package io.burnish.export;

import java.util.Optional;

/**
 * A succeeded item, as it is read.
 *
 * @param seq place in the job's input
 * @param record the enhanced record, compact JSON
 * @param evidence where in its own text the answer stands, as JSON; empty when nothing is kept
 */
public record ResultRow(int seq, String record, Optional<String> evidence) {}
