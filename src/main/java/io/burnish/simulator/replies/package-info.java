/** Replies to calls: completions, and faults in place of them. */
@NullMarked
package io.burnish.simulator.replies;

import org.jspecify.annotations.NullMarked;
