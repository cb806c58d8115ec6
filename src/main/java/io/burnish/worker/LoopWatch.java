package io.burnish.worker;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Knows when each background loop last turned, so that one that hangs or ended can be noticed. A
 * loop reports each turn, also one that failed. Thread-safe.
 */
@Singleton
public class LoopWatch {

  private final LongSupplier nanos;
  private final Map<String, Long> turns = new ConcurrentHashMap<>();

  /** Measures with the system's clock. */
  public LoopWatch() {
    this(System::nanoTime);
  }

  LoopWatch(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * The loop works; to be called at its start, and then at least once a minute, also while it waits
   * for something to do. A loop that never reported is not watched.
   */
  public void turned(String loop) {
    turns.put(loop, nanos.getAsLong());
  }

  /** The loop was told to stop, and did: it is not watched any more. */
  public void ended(String loop) {
    turns.remove(loop);
  }

  /** The time since the last turn of each loop, by name. */
  public Map<String, Duration> sinceLastTurn() {
    long now = nanos.getAsLong();
    Map<String, Duration> since = new TreeMap<>();
    turns.forEach((loop, turn) -> since.put(loop, Duration.ofNanos(now - turn)));
    return since;
  }
}
