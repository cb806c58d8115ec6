/** A posted job is admitted and stored. */
@NullMarked
package io.burnish.job.post;

import org.jspecify.annotations.NullMarked;
