package io.burnish.loops;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task again and again: at once while there is more to do, else after a pause that doubles
 * from the shortest to the longest and ends early when the signal is raised.
 */
public final class PollingLoop implements Runnable {

  private final String name;
  private final Task task;
  private final Pauses pauses;
  private final Signal signal;
  private final LoopWatch watch;
  private volatile boolean stopping;

  /**
   * @param name of the loop in the watch
   */
  public PollingLoop(String name, Task task, Pauses pauses, Signal signal, LoopWatch watch) {
    this.name = name;
    this.task = task;
    this.pauses = pauses;
    this.signal = signal;
    this.watch = watch;
  }

  /** Shortest and longest pause between two turns without work; both over zero. */
  public record Pauses(Duration shortest, Duration longest) {}

  /** What the loop runs. */
  public interface Task {

    /**
     * One turn.
     *
     * @throws InterruptedException when interrupted while waiting: the loop ends
     */
    Turn runOnce() throws InterruptedException;

    /** A turn threw this; the next comes after the longest pause, or when the signal is raised. */
    void failed(Throwable failure);

    /** The loop is about to end: the turn that it is in begins nothing more. From any thread. */
    void stopping();
  }

  /**
   * What a turn found.
   *
   * @param more whether the next turn comes without the loop's own pause
   * @param pause before the next turn, unless the signal is raised; null: none of its own
   */
  public record Turn(boolean more, @Nullable Duration pause) {

    /** There may be more to do at once. */
    public static final Turn MORE = new Turn(true, null);

    /** There was nothing to do. */
    public static final Turn IDLE = new Turn(false, null);

    /** There may be more to do after this time. */
    public static Turn after(Duration pause) {
      return new Turn(true, pause);
    }

    /** {@link #MORE} or {@link #IDLE}. */
    public static Turn of(boolean more) {
      return more ? MORE : IDLE;
    }
  }

  @Override
  public void run() {
    Duration pause = pauses.shortest();
    try {
      while (!stopping) {
        watch.turned(name);
        pause = turn(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watch.ended(name);
  }

  /** One turn and the pause after it; returns the next pause. */
  private Duration turn(Duration pause) throws InterruptedException {
    Turn turn;
    try {
      turn = task.runOnce();
      watch.succeeded(name);
    } catch (RuntimeException | Error e) {
      watch.failed(name);
      task.failed(e);
      signal.await(pauses.longest());
      return pauses.longest();
    }
    if (turn.pause() != null) {
      signal.await(turn.pause());
    }
    if (turn.more()) {
      return pauses.shortest();
    }
    return signal.await(pause) ? pauses.shortest() : longer(pause);
  }

  private Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(pauses.longest()) < 0 ? doubled : pauses.longest();
  }

  /** Ends the pause that the loop is in, or the next one. */
  public void wake() {
    signal.raise();
  }

  /** Ends the loop after the turn that it is in. */
  public void stop() {
    task.stopping();
    stopping = true;
    signal.raise();
  }
}
