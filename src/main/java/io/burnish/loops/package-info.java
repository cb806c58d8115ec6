/**
 * Background loops: periodic work, the signal that ends a wait, and the watch that records when
 * each loop last turned. Uses database.
 */
@NullMarked
package io.burnish.loops;

import org.jspecify.annotations.NullMarked;
