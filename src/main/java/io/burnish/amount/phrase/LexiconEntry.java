package io.burnish.amount.phrase;

/**
 * A word or phrase of the lexicon.
 *
 * @param language the name of its file, e.g. {@code he}
 * @param meaning what it says
 * @param phrase as it stands in the file; {@code #} is the number's place, {@code …} up to six
 *     words, {@code {free}} any phrase of that meaning
 * @param example a text that reads wrong without the entry, and the answer that shows it
 */
public record LexiconEntry(String language, Meaning meaning, String phrase, String example) {}
