/** Reads, deletes, exports and imports tracking. */
@NullMarked
package io.burnish.api.tracking;

import org.jspecify.annotations.NullMarked;
