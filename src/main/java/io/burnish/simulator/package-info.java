/**
 * A Groq look-alike for trials, tests and benchmarks, with its limits, its errors and its words: no
 * model, no key, no network. Alive only when it is asked for, in the application or by itself
 * ({@link io.burnish.simulator.Main}); docs/simulator.md says what it simulates and what not.
 */
@NullMarked
package io.burnish.simulator;

import org.jspecify.annotations.NullMarked;
