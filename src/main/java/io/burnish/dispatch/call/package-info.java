/** Calls that run: their threads, slots and items in flight. */
@NullMarked
package io.burnish.dispatch.call;

import org.jspecify.annotations.NullMarked;
