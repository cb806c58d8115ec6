/** Reads, lists and controls jobs. */
@NullMarked
package io.burnish.api.job;

import org.jspecify.annotations.NullMarked;
