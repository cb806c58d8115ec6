/** Builds a prompt from records, and a verdict on each record from the raw answer. */
@NullMarked
package io.burnish.enhancement;

import org.jspecify.annotations.NullMarked;
