package io.burnish.queue.item;

import java.time.Instant;

/**
 * The wait of a job's items that ends first.
 *
 * @param reason word of a {@link WaitReason}
 * @param until when it ends, by the database's clock
 */
public record NextWait(String reason, Instant until) {}
