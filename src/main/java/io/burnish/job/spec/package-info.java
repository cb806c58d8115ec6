/** A job as values: what was posted, its options, its state. */
@NullMarked
package io.burnish.job.spec;

import org.jspecify.annotations.NullMarked;
