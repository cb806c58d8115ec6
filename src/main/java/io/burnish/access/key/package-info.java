/** Stored keys: create, rotate, revoke, look up. */
@NullMarked
package io.burnish.access.key;

import org.jspecify.annotations.NullMarked;
