/** The items of all jobs: claimed, completed, parked and released by native SQL, fenced. */
@NullMarked
package io.burnish.queue;

import org.jspecify.annotations.NullMarked;
