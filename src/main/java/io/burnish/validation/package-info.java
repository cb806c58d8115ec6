/**
 * The rules an answer is held to: one class a rule, whose sentence is the message a person reads;
 * and the evidence by which an answer is accepted.
 */
@NullMarked
package io.burnish.validation;

import org.jspecify.annotations.NullMarked;
