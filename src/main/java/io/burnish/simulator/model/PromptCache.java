package io.burnish.simulator.model;

import io.burnish.simulator.limits.Bucket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers the beginnings of prompts. Simulated is the part that repeats by design: system
 * messages and schema; that two prompts happen to go on alike is not. Moments as in {@link Bucket}.
 * Thread-safe.
 *
 * <p>Source: Groq prompt-caching page, read 2026-11: exact prefixes, by model, forgotten after two
 * hours; the steps of 128 are those of the published counts.
 */
public final class PromptCache {

  private static final int STEP = 128;
  private static final long FORGOTTEN_AFTER = Duration.ofHours(2).toNanos();
  private static final int MOST_KEPT = 1_000;

  private record Beginning(String model, List<String> texts) {}

  private final Map<Beginning, Long> seen = new HashMap<>();

  /** Tokens of a beginning that need not be read again. */
  public synchronized int remembered(
      String model, List<String> prefix, int prefixTokens, long now) {
    Long last = seen.get(new Beginning(model, prefix));
    return last == null || now - last > FORGOTTEN_AFTER ? 0 : prefixTokens / STEP * STEP;
  }

  /** A prompt with this beginning was read. */
  public synchronized void remember(String model, List<String> prefix, long now) {
    if (seen.size() >= MOST_KEPT) {
      seen.clear();
    }
    seen.put(new Beginning(model, prefix), now);
  }

  public synchronized void forget() {
    seen.clear();
  }
}
