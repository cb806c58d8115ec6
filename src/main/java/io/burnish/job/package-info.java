/** Jobs: their options, states, files and counts, and how they are stored. */
@NullMarked
package io.burnish.job;

import org.jspecify.annotations.NullMarked;
