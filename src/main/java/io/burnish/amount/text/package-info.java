/** A text in one spelling: markup is removed, and each character knows its original place. */
@NullMarked
package io.burnish.amount.text;

import org.jspecify.annotations.NullMarked;
