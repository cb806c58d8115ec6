/** A response, or a broken connection, becomes an answer or a fault. */
@NullMarked
package io.burnish.provider.response;

import org.jspecify.annotations.NullMarked;
