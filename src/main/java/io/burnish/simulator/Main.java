package io.burnish.simulator;

import io.burnish.simulator.settings.SimulatorSettings;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Starts the simulator without the application; it runs until the process is stopped. */
public final class Main {

  private Main() {}

  /**
   * Entry point: {@code --option value} or {@code --option=value} for each option. Prints the base
   * URL; exits with 1 when an option is wrong, or the port or the log can't be opened.
   */
  public static void main(String... arguments) throws InterruptedException {
    if (List.of(arguments).contains("--help")) {
      System.out.println(SimulatorSettings.help());
      return;
    }
    try {
      Simulator simulator = Simulator.start(SimulatorSettings.ofArguments(arguments));
      Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "simulator"));
      System.out.println("Simulated provider listens at " + simulator.uri());
    } catch (IllegalArgumentException | UncheckedIOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    // While connections are refused, no other thread keeps the program alive.
    new CountDownLatch(1).await();
  }
}
