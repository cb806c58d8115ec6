/** Deletes old jobs, raw answers, history and audit on a schedule, in short transactions. */
@NullMarked
package io.burnish.retention;

import org.jspecify.annotations.NullMarked;
