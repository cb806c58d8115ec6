package io.burnish.simulator.model;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Caches the prefixes of prompts. Only the part that repeats by design is simulated: system
 * messages and schema. Prompts that happen to continue alike are not. Times as in {@code
 * limits.Bucket}. Thread-safe.
 *
 * <p>Source: Groq prompt-caching page, read 2026-11: exact prefixes, by model, expired after two
 * hours; the steps of 128 are those of the published counts.
 */
public final class PromptCache {

  private static final int STEP = 128;
  private static final long EXPIRY_NANOS = Duration.ofHours(2).toNanos();
  private static final int MAX_ENTRIES = 1_000;

  private record Prefix(String model, List<String> texts) {}

  private final Map<Prefix, Long> seen = new HashMap<>();

  /** Tokens of a prefix that are in the cache. */
  public synchronized int cachedTokens(
      String model, List<String> prefix, int prefixTokens, long now) {
    Long last = seen.get(new Prefix(model, prefix));
    return last == null || now - last > EXPIRY_NANOS ? 0 : prefixTokens / STEP * STEP;
  }

  /** Adds the prefix of a prompt that was read. */
  public synchronized void add(String model, List<String> prefix, long now) {
    if (seen.size() >= MAX_ENTRIES) {
      seen.clear();
    }
    seen.put(new Prefix(model, prefix), now);
  }

  /** Forgets all prompts. */
  public synchronized void clear() {
    seen.clear();
  }
}
