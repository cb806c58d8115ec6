package io.burnish.queue.control;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The failed items of a job that a retry takes. Items that intake refused are not among them: they
 * would fail again, unless the rule that refused them is off now.
 *
 * @param job whose items
 * @param retry number of the retry, from 1
 * @param code only those that failed with this code; null: any
 * @param file only those of the file with this ordinal; null: any
 * @param rulesOff names of the rules that are off for the retry
 */
public record FailedItems(
    UUID job, int retry, @Nullable String code, @Nullable Integer file, Set<String> rulesOff) {}
