package io.burnish.queue;

/**
 * A succeeded item, as it is read.
 *
 * @param seq place in the job's input
 * @param record the enhanced record, compact JSON
 */
public record ResultRow(int seq, String record) {}
