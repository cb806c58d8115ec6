package io.burnish.items;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item in a list.
 *
 * @param seq position in the job's input, from 0
 * @param file name of its file; null: the job has none
 * @param key the owner's key; null: none
 * @param state word of its state
 * @param attempts judged answers so far
 * @param model that was called last; null: none was
 * @param code why it failed; null unless it failed
 * @param waitReason why it waits; null unless it waits
 * @param dueAt when its wait ends; null unless it waits
 */
public record ItemRow(
    int seq,
    @Nullable String file,
    @Nullable String key,
    String state,
    int attempts,
    @Nullable String model,
    @Nullable String code,
    @Nullable String waitReason,
    @Nullable Instant dueAt) {}
