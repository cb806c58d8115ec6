package io.burnish.validation;

/**
 * One reason why an answer, or a record, is not accepted.
 *
 * @param rule the rule's stable name, lower case with underscores, e.g. {@code
 *     price_not_in_source}; can be switched off by it
 * @param sentence what is wrong, and the evidence, for a person and for the model that is asked
 *     again; never longer than 500 characters
 */
public record Violation(String rule, String sentence) {}
