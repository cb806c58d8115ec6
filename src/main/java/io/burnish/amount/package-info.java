/**
 * Text to amounts: each number, and each offer that is made in words, with its value, its kind, its
 * role and its place in the original characters. Words come from the files under {@code lexicon};
 * the grammar is code. Knows neither answers nor rules.
 */
@NullMarked
package io.burnish.amount;

import org.jspecify.annotations.NullMarked;
