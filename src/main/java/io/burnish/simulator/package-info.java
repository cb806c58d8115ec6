/**
 * A Groq look-alike for trials, tests and benchmarks, with its limits, its errors and its words: no
 * model, no key, no network. Independent of the code it tests: it uses no other room, and only
 * {@code local} starts it beside the application. Runs by itself too ({@link
 * io.burnish.simulator.Main}); docs/simulator.md says what it simulates and what not.
 */
@NullMarked
package io.burnish.simulator;

import org.jspecify.annotations.NullMarked;
