/**
 * The engine of profiles. A {@link io.burnish.profile.Profile} says what a kind of record is: its
 * key, the fields that a model reads, the prompt, the answer's schema, the rules, the merge. The
 * rules here apply to any kind. This package knows no discount.
 */
@NullMarked
package io.burnish.profile;

import org.jspecify.annotations.NullMarked;
