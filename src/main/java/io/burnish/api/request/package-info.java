/** Checks each request before a resource does: syntax, endpoint, caller, media types, query. */
@NullMarked
package io.burnish.api.request;

import org.jspecify.annotations.NullMarked;
