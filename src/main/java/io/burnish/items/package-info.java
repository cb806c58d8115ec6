/** The items of one job, read for the API: a page of them, or one with its attempts. */
@NullMarked
package io.burnish.items;

import org.jspecify.annotations.NullMarked;
