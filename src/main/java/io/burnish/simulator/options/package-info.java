/** How the values of options are written: durations, spans of time, choices. */
@NullMarked
package io.burnish.simulator.options;

import org.jspecify.annotations.NullMarked;
