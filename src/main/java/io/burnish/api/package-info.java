/**
 * The HTTP API. It has no types of its own; the map of rooms is in {@link io.burnish}. The path of
 * a request: {@code request}, then for a large body {@code body}, then a resource; its exceptions
 * end in {@code mapping}. No room uses {@code request} or {@code mapping}, and there are no cycles.
 */
@NullMarked
package io.burnish.api;

import org.jspecify.annotations.NullMarked;
