/** Deletes old jobs, raw answers and history on a schedule, in short transactions. */
@NullMarked
package io.burnish.retention;

import org.jspecify.annotations.NullMarked;
