package io.burnish.validation;

/**
 * What proves a value of an answer.
 *
 * @param field the source field it stands in, e.g. {@code description}
 * @param start index of its first character in the field as its owner wrote it, in UTF-16 units; a
 *     field that is no text is read as its JSON text
 * @param end index after its last character
 * @param text the characters from {@code start} to {@code end}
 * @param as what it was read as: {@code money}, {@code percent}, {@code bare}, {@code
 *     one_plus_one}, {@code half} or {@code free}
 */
public record Evidence(String field, int start, int end, String text, String as) {}
