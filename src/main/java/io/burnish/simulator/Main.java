package io.burnish.simulator;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Starts the look-alike by itself, without the application; runs until it is stopped. */
public final class Main {

  private static final String DASHES = "--";

  private Main() {}

  /**
   * The program's entry: {@code --option value} or {@code --option=value} for each option. Says
   * where it listens; exits with 1 when it can't be told what to do, or can't listen.
   */
  public static void main(String... arguments) throws InterruptedException {
    if (List.of(arguments).contains("--help")) {
      System.out.println(help());
      return;
    }
    try {
      Simulator simulator = Simulator.start(settings(arguments));
      Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "simulator"));
      System.out.println("Simulated provider listens at " + simulator.uri());
    } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    // While connections are refused, no other thread keeps the program alive.
    new CountDownLatch(1).await();
  }

  static SimulatorSettings settings(String... arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    List<String> rest = Arrays.asList(arguments);
    for (int i = 0; i < rest.size(); i++) {
      String argument = rest.get(i);
      if (!argument.startsWith(DASHES)) {
        throw new IllegalArgumentException(
            "'%s' is no option; options are --name value, and --help lists them"
                .formatted(argument));
      }
      String name = argument.substring(DASHES.length());
      int equals = name.indexOf('=');
      if (equals >= 0) {
        options.put(name.substring(0, equals), name.substring(equals + 1));
      } else if (++i < rest.size()) {
        options.put(name, rest.get(i));
      } else {
        throw new IllegalArgumentException("%s has no value".formatted(argument));
      }
    }
    return SimulatorSettings.of(options);
  }

  private static String help() {
    StringBuilder text = new StringBuilder("A provider of chat completions with its limits.\n\n");
    for (Option option : Option.values()) {
      text.append(
          "  --%-16s %s%s%n"
              .formatted(
                  option.written(),
                  option.help(),
                  option.usual().isEmpty() ? "" : " [" + option.usual() + "]"));
    }
    return text.toString();
  }
}
