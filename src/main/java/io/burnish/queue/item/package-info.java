/** Items as values: what is stored, claimed, and written of one. */
@NullMarked
package io.burnish.queue.item;

import org.jspecify.annotations.NullMarked;
