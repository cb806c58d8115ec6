/**
 * Everything that knows a discount: the fields, the vocabulary, the rules of an answer, the merge
 * and the old shape of a record.
 */
@NullMarked
package io.burnish.profile.discount;

import org.jspecify.annotations.NullMarked;
