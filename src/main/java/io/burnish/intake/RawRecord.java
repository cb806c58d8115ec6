package io.burnish.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.queue.StreamedText;
import org.jspecify.annotations.Nullable;

/**
 * An element of a list of records, before anything is made of it.
 *
 * @param value its value; null when it is larger than a record may be
 * @param tooLarge its own characters, to be read from the disk; null when it is not too large
 */
record RawRecord(@Nullable JsonNode value, @Nullable StreamedText tooLarge) {}
