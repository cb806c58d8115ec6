/** The items of a job: pages, one item with its calls, and failures. */
@NullMarked
package io.burnish.api.items;

import org.jspecify.annotations.NullMarked;
