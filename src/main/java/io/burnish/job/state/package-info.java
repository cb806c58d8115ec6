/** What becomes of a job: its state, its outcome, its counts. */
@NullMarked
package io.burnish.job.spec.state;

import org.jspecify.annotations.NullMarked;
