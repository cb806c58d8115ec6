package io.burnish.queue.item;

import java.io.InputStream;
import java.util.function.Supplier;

/**
 * A UTF-8 text that is too large to be held in memory.
 *
 * @param size in bytes
 * @param content a stream that starts with its bytes and may continue after them
 */
public record StreamedText(int size, Supplier<InputStream> content) {}
