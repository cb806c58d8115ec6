package io.burnish.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Items that were decided in a minute.
 *
 * @param minute its start
 * @param model that was called last; null: decided without a call
 * @param succeeded by a call
 * @param reused succeeded without a call
 * @param failed with or without a call
 */
public record DecidedItems(
    Instant minute, @Nullable String model, int succeeded, int reused, int failed) {}
