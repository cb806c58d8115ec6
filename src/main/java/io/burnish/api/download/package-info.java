/** Responses of any length: how many at a time, how slowly read, and in which format. */
@NullMarked
package io.burnish.api.download;

import org.jspecify.annotations.NullMarked;
