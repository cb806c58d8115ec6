/**
 * A provider that behaves like Groq, with its limits and its errors, for trials, tests and
 * benchmarks: no model, no key, no network. It is independent of the code that it tests: it uses no
 * other room, and only {@code local} starts it beside the application. It also runs by itself
 * ({@link io.burnish.simulator.Main}). docs/simulator.md says what it simulates and what it does
 * not.
 */
@NullMarked
package io.burnish.simulator;

import org.jspecify.annotations.NullMarked;
