package io.burnish.queue;

/**
 * One kind of failure of a job.
 *
 * @param code stable code
 * @param items how many failed so
 * @param example the sentence of one of them
 */
public record FailureReason(String code, int items, String example) {}
