/**
 * The rules an answer is held to: one class a rule, whose sentence is the message a person reads.
 */
@NullMarked
package io.burnish.validation;

import org.jspecify.annotations.NullMarked;
