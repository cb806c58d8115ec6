/** Callbacks: signed, retried, and only to addresses that are allowed. */
@NullMarked
package io.burnish.callback;

import org.jspecify.annotations.NullMarked;
