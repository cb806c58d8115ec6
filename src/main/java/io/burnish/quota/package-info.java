/**
 * What each model has room for: reserved before a call, settled after it, shared by all replicas.
 */
@NullMarked
package io.burnish.quota;

import org.jspecify.annotations.NullMarked;
