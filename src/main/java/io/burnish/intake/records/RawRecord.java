package io.burnish.intake.records;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.queue.item.StreamedText;
import org.jspecify.annotations.Nullable;

/**
 * An element of a list of records, as it was read.
 *
 * @param value its value; null when it is larger than a record may be
 * @param tooLarge its text, streamed from the disk; null when it is not too large
 */
public record RawRecord(@Nullable JsonNode value, @Nullable StreamedText tooLarge) {}
