package io.burnish.queue.item;

import io.burnish.queue.ItemQueue;

/**
 * What is counted among the items of a job when it is asked for, as no counter has it.
 *
 * @param running items that a worker holds
 * @param keyCollisions items that {@link ItemQueue#recordKeyCollisions} recorded
 */
public record CountedItems(int running, int keyCollisions) {}
