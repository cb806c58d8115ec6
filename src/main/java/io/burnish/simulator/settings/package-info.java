/** The options of the simulator, as settings. */
@NullMarked
package io.burnish.simulator.settings;

import org.jspecify.annotations.NullMarked;
