/**
 * The profile of retail discounts, and the only package that knows them: fields, vocabulary, sizes,
 * rules about prices and offers, merge, and the names in old state files.
 */
@NullMarked
package io.burnish.profile.discount;

import org.jspecify.annotations.NullMarked;
