/**
 * The rate limits of an organization: a bucket for each model and dimension, admission, and the
 * headers that tell of them.
 */
@NullMarked
package io.burnish.simulator.limits;

import org.jspecify.annotations.NullMarked;
