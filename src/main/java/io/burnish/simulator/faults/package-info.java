/**
 * The faults that are injected: which kinds there are, when they occur, what they do to an answer.
 */
@NullMarked
package io.burnish.simulator.faults;

import org.jspecify.annotations.NullMarked;
