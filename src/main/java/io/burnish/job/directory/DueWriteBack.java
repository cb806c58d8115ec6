package io.burnish.job.directory;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A write-back that no replica is doing.
 *
 * @param path below the root; {@code .} is the root
 * @param triedBy the replica of the last try; null: there was none
 * @param overdue how long it has been due
 */
public record DueWriteBack(UUID job, String path, @Nullable UUID triedBy, Duration overdue) {}
