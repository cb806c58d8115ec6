/** The loop that turns ready items into outcomes. */
@NullMarked
package io.burnish.worker;

import org.jspecify.annotations.NullMarked;
