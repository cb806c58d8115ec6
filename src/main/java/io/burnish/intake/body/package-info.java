/** Bodies of requests: spooled to disk, bounded, read again. */
@NullMarked
package io.burnish.intake.body;

import org.jspecify.annotations.NullMarked;
