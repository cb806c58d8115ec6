/** The lexicon, and where its phrases stand in a text. */
@NullMarked
package io.burnish.amount.phrase;

import org.jspecify.annotations.NullMarked;
