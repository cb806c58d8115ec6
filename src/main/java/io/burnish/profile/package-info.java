/**
 * What a kind of record is: its key, the fields that a model reads, the schema of an answer, the
 * prompt, the rules, the merge, and the evidence of an accepted answer. Knows no discount.
 */
@NullMarked
package io.burnish.profile;

import org.jspecify.annotations.NullMarked;
