/** The HTTP API: resources, views, problems. */
@NullMarked
package io.burnish.api;

import org.jspecify.annotations.NullMarked;
