/** Reading what was posted, record by record, as it came. */
@NullMarked
package io.burnish.intake;

import org.jspecify.annotations.NullMarked;
