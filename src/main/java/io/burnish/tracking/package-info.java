/** Prior decisions, by content and by key, so that no record is paid for twice. */
@NullMarked
package io.burnish.tracking;

import org.jspecify.annotations.NullMarked;
