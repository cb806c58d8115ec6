/** Discounts read by rules: the answers that take the place of a model's. */
@NullMarked
package io.burnish.simulator.answers;

import org.jspecify.annotations.NullMarked;
