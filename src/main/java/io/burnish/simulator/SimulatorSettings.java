package io.burnish.simulator;

import java.time.Duration;

/**
 * How the look-alike behaves when nothing else is asked of it.
 *
 * @param port to listen at, on the loopback address; 0: any free one
 * @param latency time it takes to answer; zero or more
 * @param slow time it takes to answer when asked to be slow
 */
public record SimulatorSettings(int port, Duration latency, Duration slow) {

  /** Any port, no latency, 2 s when slow. */
  public static final SimulatorSettings INSTANT =
      new SimulatorSettings(0, Duration.ZERO, Duration.ofSeconds(2));
}
