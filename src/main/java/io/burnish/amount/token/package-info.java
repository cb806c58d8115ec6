/** A text as tokens: words, numbers and marks, each with its span. */
@NullMarked
package io.burnish.amount.token;

import org.jspecify.annotations.NullMarked;
