/** Writes of items: stored, completed, and one of equal items in flight. */
@NullMarked
package io.burnish.queue.completion;

import org.jspecify.annotations.NullMarked;
