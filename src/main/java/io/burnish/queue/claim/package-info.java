/** The claim of due items. */
@NullMarked
package io.burnish.queue.claim;

import org.jspecify.annotations.NullMarked;
