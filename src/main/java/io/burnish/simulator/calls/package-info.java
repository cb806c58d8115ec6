/** The calls that the simulator got, and what became of them. */
@NullMarked
package io.burnish.simulator.calls;

import org.jspecify.annotations.NullMarked;
