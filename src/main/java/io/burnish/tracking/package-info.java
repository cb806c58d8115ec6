/** What was processed or failed before, by content and by key, so that nothing is paid twice. */
@NullMarked
package io.burnish.tracking;

import org.jspecify.annotations.NullMarked;
