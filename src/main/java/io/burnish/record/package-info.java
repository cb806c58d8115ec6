/**
 * The JSON record as it came, and how records are read and written without changing a character of
 * them.
 */
@NullMarked
package io.burnish.record;

import org.jspecify.annotations.NullMarked;
