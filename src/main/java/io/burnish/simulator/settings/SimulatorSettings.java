package io.burnish.simulator.settings;

import io.burnish.simulator.faults.FaultPlan;
import io.burnish.simulator.limits.QuotaSettings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The settings of a simulator, made of options by their names. Immutable. */
public final class SimulatorSettings {

  private static final String DASHES = "--";

  /** All defaults: any port, no limits, no latency, 2 s when slow. */
  public static final SimulatorSettings INSTANT = of(Map.of());

  private final Map<String, String> texts;
  private final int port;
  private final QuotaSettings quota;
  private final Behaviour behaviour;
  private final FaultPlan faults;
  private final int keep;
  private final Optional<Path> log;

  private SimulatorSettings(Map<String, String> texts, SimulatorOptions options) {
    this.texts = texts;
    this.port = options.port;
    this.quota = options.quota.settings();
    this.behaviour = options.behaviour.behaviour();
    this.faults = options.faults.plan();
    this.keep = options.keep;
    this.log = Optional.ofNullable(options.log);
  }

  /** The names of all options. */
  public static List<String> names() {
    return List.copyOf(INSTANT.asText().keySet());
  }

  /**
   * Settings from options by their names; blank counts as not set where the default is nothing.
   *
   * @throws IllegalArgumentException when there is no such option, or its value can't be read
   */
  public static SimulatorSettings of(Map<String, String> options) {
    SimulatorOptions parsed = new SimulatorOptions();
    CommandLine commandLine = commandLine(parsed);
    String[] arguments =
        options.entrySet().stream()
            .filter(option -> !isBlankList(commandLine, option))
            .map(option -> DASHES + option.getKey() + "=" + option.getValue().strip())
            .toArray(String[]::new);
    parse(commandLine, arguments);
    return new SimulatorSettings(Map.copyOf(options), parsed);
  }

  private static boolean isBlankList(CommandLine commandLine, Map.Entry<String, String> option) {
    OptionSpec spec = commandLine.getCommandSpec().findOption(DASHES + option.getKey());
    return spec != null && spec.defaultValue() == null && option.getValue().isBlank();
  }

  /**
   * Settings from a command line; of an option that is repeated the last value counts.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public static SimulatorSettings ofArguments(String... arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    for (OptionSpec option :
        parse(commandLine(new SimulatorOptions()), arguments).matchedOptions()) {
      List<String> values = option.originalStringValues();
      options.put(name(option), values.get(values.size() - 1));
    }
    return of(options);
  }

  private static CommandLine commandLine(SimulatorOptions options) {
    return OptionConverters.register(new CommandLine(options))
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(true);
  }

  private static CommandLine.ParseResult parse(CommandLine commandLine, String... arguments) {
    try {
      return commandLine.parseArgs(arguments);
    } catch (UnmatchedArgumentException e) {
      throw new IllegalArgumentException(unknown(e.getUnmatched().get(0)), e);
    } catch (MissingParameterException e) {
      throw new IllegalArgumentException("%s has no value".formatted(of(e)), e);
    } catch (ParameterException e) {
      OptionSpec option = (OptionSpec) e.getArgSpec();
      String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new IllegalArgumentException(
          "simulator option %s: %s (%s)"
              .formatted(name(option), reason, option.description()[0].replace("%%", "%")),
          e);
    }
  }

  private static String unknown(String argument) {
    return argument.startsWith(DASHES)
        ? "'%s' is no option of the simulator; there are %s"
            .formatted(
                argument.substring(DASHES.length()).replaceFirst("=.*", ""),
                String.join(", ", names()))
        : "'%s' is no option; options are --name value, and --help lists them".formatted(argument);
  }

  private static String of(MissingParameterException e) {
    return e.getMissing().get(0) instanceof OptionSpec option ? DASHES + name(option) : "an option";
  }

  private static String name(OptionSpec option) {
    return option.longestName().substring(DASHES.length());
  }

  /** The text of {@code --help}. */
  public static String help() {
    return commandLine(new SimulatorOptions()).getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  /**
   * The same, but for one option.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public SimulatorSettings with(String name, String value) {
    return with(Map.of(name, value));
  }

  /**
   * The same, but for some options.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public SimulatorSettings with(Map<String, String> options) {
    Map<String, String> all = new LinkedHashMap<>(texts);
    all.putAll(options);
    return of(all);
  }

  /** Every option with its value, in their order. */
  public Map<String, String> asText() {
    Map<String, String> all = new LinkedHashMap<>();
    for (OptionSpec option : commandLine(new SimulatorOptions()).getCommandSpec().options()) {
      String usual = option.defaultValue();
      all.put(name(option), texts.getOrDefault(name(option), usual == null ? "" : usual));
    }
    return Collections.unmodifiableMap(all);
  }

  /** The port on the loopback address; 0: any free one. */
  public int port() {
    return port;
  }

  /** The limits, and what is told of them. */
  public QuotaSettings quota() {
    return quota;
  }

  /** How models answer. */
  public Behaviour behaviour() {
    return behaviour;
  }

  /** Which calls get a fault. */
  public FaultPlan faults() {
    return faults;
  }

  /** How many calls are kept with their records. */
  public int keep() {
    return keep;
  }

  /** The file to which every call is appended, if any. */
  public Optional<Path> log() {
    return log;
  }
}
