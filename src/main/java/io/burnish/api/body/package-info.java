/** Large bodies: received on the event loop, spooled to disk, and kept within their limits. */
@NullMarked
package io.burnish.api.body;

import org.jspecify.annotations.NullMarked;
