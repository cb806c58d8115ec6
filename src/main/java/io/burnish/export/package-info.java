/**
 * Writing results, with their evidence, and failures, in input order, without holding them in
 * memory.
 */
@NullMarked
package io.burnish.export;

import org.jspecify.annotations.NullMarked;
