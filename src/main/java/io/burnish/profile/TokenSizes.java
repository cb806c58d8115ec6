package io.burnish.profile;

/**
 * Sizes by which calls about a kind of record are planned, in tokens (o200k).
 *
 * @param prompt first guess of a prompt without records: instructions, schema, frame
 * @param record first guess of what one record adds to the prompt; corrected by the records seen
 * @param answer upper bound of the answer about one record, without reasoning
 */
public record TokenSizes(int prompt, int record, int answer) {}
