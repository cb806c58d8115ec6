package io.burnish.items;

import java.util.List;
import java.util.OptionalInt;

/**
 * A page of items.
 *
 * @param items in input order; may be empty although items follow
 * @param after the seq after which the next page begins; empty when no item follows
 */
public record ItemPage(List<ItemRow> items, OptionalInt after) {}
