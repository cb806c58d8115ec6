/** Jobs as they are stored and read. */
@NullMarked
package io.burnish.job.stored;

import org.jspecify.annotations.NullMarked;
