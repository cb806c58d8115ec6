package io.burnish.loops;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/**
 * Records when each background loop last turned, so that the liveness check finds a loop that hangs
 * or has ended. A loop reports each turn, also a failed one. Thread-safe.
 */
@Singleton
public class LoopWatch {

  /** Name of the loop that claims items. */
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
   * State of a loop.
   *
   * @param sinceLastTurn time since its last report
   * @param failedInARow failed turns since the last successful one; 0 or more
   */
  public record LoopState(Duration sinceLastTurn, int failedInARow) {}

  private record Turn(long at, int failedInARow) {}

  /**
   * Reports that the loop is running. Called at its start, then at least once a minute, also while
   * it waits for work. A loop that never reported is not watched.
   */
  public void turned(String loop) {
    report(loop, failures -> failures);
  }

  /** Reports a successful turn. */
  public void succeeded(String loop) {
    report(loop, failures -> 0);
  }

  /** Reports a failed turn; the loop continues. */
  public void failed(String loop) {
    report(loop, failures -> failures + 1);
  }

  private void report(String loop, IntUnaryOperator failures) {
    long now = nanos.getAsLong();
    turns.compute(
        loop,
        (name, previous) ->
            new Turn(now, failures.applyAsInt(previous == null ? 0 : previous.failedInARow())));
  }

  /** Reports that the loop has stopped as requested; it is no longer watched. */
  public void ended(String loop) {
    turns.remove(loop);
  }

  /** The state of each watched loop, by name. */
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
