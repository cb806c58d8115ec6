/**
 * A Groq look-alike for trials and tests: no model, no key, no network. Alive only when it is asked
 * for.
 */
@NullMarked
package io.burnish.simulator;

import org.jspecify.annotations.NullMarked;
