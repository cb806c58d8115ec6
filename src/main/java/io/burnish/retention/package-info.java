/** Deletes old jobs and old raw answers on a schedule, in short transactions. */
@NullMarked
package io.burnish.retention;

import org.jspecify.annotations.NullMarked;
