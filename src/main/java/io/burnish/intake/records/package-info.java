/** The records of a body, read one after the other. */
@NullMarked
package io.burnish.intake.records;

import org.jspecify.annotations.NullMarked;
