package io.burnish.queue.item;

/**
 * What is counted among the items of a job when it is asked for, as no counter has it.
 *
 * @param running items that a worker holds
 * @param keyCollisions items that {@code ItemQueue.recordKeyCollisions} recorded
 */
public record CountedItems(int running, int keyCollisions) {}
