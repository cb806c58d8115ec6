package io.burnish.export;

import java.util.Optional;

/**
 * A succeeded item.
 *
 * @param seq position in the job's input, from 0
 * @param record the enhanced record, compact JSON
 * @param evidence where the record's text proves the answer, as JSON; empty when none is stored
 */
record ResultRow(int seq, String record, Optional<String> evidence) {}
