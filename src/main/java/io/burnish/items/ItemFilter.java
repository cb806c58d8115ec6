package io.burnish.items;

import io.burnish.queue.item.ItemState;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a list of items, which are all met. A null is no condition.
 *
 * @param state of the item
 * @param code why it failed
 * @param model that was called last
 * @param key the whole key of its record
 * @param text a part of a name or a text in its record, in upper or lower case
 */
public record ItemFilter(
    @Nullable ItemState state,
    @Nullable String code,
    @Nullable String model,
    @Nullable String key,
    @Nullable String text) {

  /** All items. */
  public static final ItemFilter NONE = new ItemFilter(null, null, null, null, null);
}
