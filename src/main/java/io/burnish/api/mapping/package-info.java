/** Maps exceptions to problems. */
@NullMarked
package io.burnish.api.mapping;

import org.jspecify.annotations.NullMarked;
