/** Deletes old jobs and old raw answers, a chunk at a time. */
@NullMarked
package io.burnish.retention;

import org.jspecify.annotations.NullMarked;
