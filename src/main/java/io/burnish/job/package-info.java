/** A batch and its life: what was asked for, how far it is, how it ended. */
@NullMarked
package io.burnish.job;

import org.jspecify.annotations.NullMarked;
