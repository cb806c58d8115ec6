package io.burnish.queue;

import java.io.InputStream;
import java.util.function.Supplier;

/**
 * A text that is too large to be held in memory, in UTF-8.
 *
 * @param size in bytes
 * @param content its bytes from the first on; may go on after the last
 */
public record StreamedText(int size, Supplier<InputStream> content) {}
