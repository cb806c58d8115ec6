package io.burnish.simulator.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options of the simulator, filled in by picocli: {@code --name value} on the command line,
 * {@code burnish.simulator.name} in the application, {@code "name":"value"} at the control API.
 */
@Command(
    name = "simulator",
    description = "A provider of chat completions that behaves like Groq, with its limits.",
    sortOptions = false,
    showDefaultValues = true,
    usageHelpWidth = 120)
final class SimulatorOptions {

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "port on the loopback address; 0: any free one; only at the start")
  int port;

  @Mixin QuotaOptions quota;
  @Mixin BehaviourOptions behaviour;
  @Mixin FaultOptions faults;

  @Option(
      names = "--keep",
      defaultValue = "2000",
      description = "how many calls are kept with their records; totals count all")
  int keep;

  @Option(names = "--log", description = "file to which every call is appended as one JSON line")
  @Nullable Path log;
}
