package io.burnish.items;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item with all that is stored of it.
 *
 * @param row as in a list
 * @param record the record as JSON, as it was posted
 * @param result the enhanced record as JSON; null unless it succeeded
 * @param evidence where the record proves the result, as JSON; null when none is stored
 * @param errors why it failed, a sentence each; empty unless it failed
 * @param calls the latest calls about it, oldest first; at most {@link ItemQueries#MOST_CALLS}
 */
public record ItemDetail(
    ItemRow row,
    String record,
    @Nullable String result,
    @Nullable String evidence,
    List<String> errors,
    List<ItemCall> calls) {}
