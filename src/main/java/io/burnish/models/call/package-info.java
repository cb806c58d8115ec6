/** What a call is, who watches it, and when it is tried again. */
@NullMarked
package io.burnish.models.call;

import org.jspecify.annotations.NullMarked;
