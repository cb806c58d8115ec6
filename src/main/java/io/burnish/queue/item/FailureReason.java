package io.burnish.queue.item;

/**
 * The failed items of a job with one error code.
 *
 * @param code the error code, stable
 * @param items how many
 * @param example the message of one of them
 */
public record FailureReason(String code, int items, String example) {}
