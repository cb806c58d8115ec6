/**
 * What a kind of record is: its key, the fields a model reads, the answer's schema, the prompt, the
 * rules, the merge.
 */
@NullMarked
package io.burnish.profile;

import org.jspecify.annotations.NullMarked;
