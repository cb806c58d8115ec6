package io.burnish.loops;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/**
 * Knows when each background loop last turned, so that one that hangs or ended can be noticed. A
 * loop reports each turn, also one that failed. Thread-safe.
 */
@Singleton
public class LoopWatch {

  /** The name of the loop that claims items. */
  public static final String CLAIM = "claim";

  private final LongSupplier nanos;
  private final ConcurrentHashMap<String, Turn> turns = new ConcurrentHashMap<>();

  /** Measures with the system's clock. */
  public LoopWatch() {
    this(System::nanoTime);
  }

  /**
   * @param nanos a clock of nanoseconds that never goes back
   */
  public LoopWatch(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * How a loop is.
   *
   * @param sinceLastTurn time since it last reported
   * @param failedInARow turns that failed since the last one that did not; 0 or more
   */
  public record LoopState(Duration sinceLastTurn, int failedInARow) {}

  private record Turn(long at, int failedInARow) {}

  /**
   * The loop works; to be called at its start, and then at least once a minute, also while it waits
   * for something to do. A loop that never reported is not watched.
   */
  public void turned(String loop) {
    report(loop, before -> before);
  }

  /** A turn of the loop was successful. */
  public void succeeded(String loop) {
    report(loop, before -> 0);
  }

  /** A turn of the loop failed; the loop goes on. */
  public void failed(String loop) {
    report(loop, before -> before + 1);
  }

  private void report(String loop, IntUnaryOperator failures) {
    long now = nanos.getAsLong();
    turns.compute(
        loop,
        (name, before) ->
            new Turn(now, failures.applyAsInt(before == null ? 0 : before.failedInARow())));
  }

  /** The loop was told to stop, and did: it is not watched any more. */
  public void ended(String loop) {
    turns.remove(loop);
  }

  /** How each loop is, by name. */
  public SortedMap<String, LoopState> states() {
    long now = nanos.getAsLong();
    SortedMap<String, LoopState> states = new TreeMap<>();
    turns.forEach(
        (loop, turn) ->
            states.put(
                loop, new LoopState(Duration.ofNanos(now - turn.at()), turn.failedInARow())));
    return states;
  }
}
