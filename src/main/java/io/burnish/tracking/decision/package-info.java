/** What was decided about contents and keys, as values. */
@NullMarked
package io.burnish.tracking.decision;

import org.jspecify.annotations.NullMarked;
