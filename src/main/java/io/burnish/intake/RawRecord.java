package io.burnish.intake;

/**
 * An element of a list of records, before anything is made of it.
 *
 * @param json its own characters
 * @param object whether it is a JSON object, as a record must be
 */
record RawRecord(String json, boolean object) {}
