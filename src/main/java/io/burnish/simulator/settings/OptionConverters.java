package io.burnish.simulator.settings;

import io.burnish.simulator.faults.FaultRates;
import io.burnish.simulator.faults.Outage;
import io.burnish.simulator.faults.RefusedField;
import io.burnish.simulator.faults.TimedFault;
import io.burnish.simulator.faults.UsageReport;
import io.burnish.simulator.limits.CoTenant;
import io.burnish.simulator.limits.LimitDimension;
import io.burnish.simulator.limits.QuotaSettings;
import io.burnish.simulator.limits.RateLimits;
import io.burnish.simulator.limits.SimulatedPlan;
import io.burnish.simulator.model.Latency;
import io.burnish.simulator.model.ServedModels;
import io.burnish.simulator.model.TokenCounter;
import io.burnish.simulator.options.Choice;
import io.burnish.simulator.options.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;

/** How the values of {@link SimulatorOptions} are read. Stateless. */
final class OptionConverters {

  /** Separates the entries of a list. */
  static final String LIST = "\\s*,\\s*";

  /** Separates entries that may hold commas. */
  static final String GROUPS = "\\s*;\\s*";

  private OptionConverters() {}

  /** A command line that knows the types of all options. */
  static CommandLine register(CommandLine commandLine) {
    List.of(
            SimulatedPlan.class,
            LimitDimension.class,
            QuotaSettings.Headers.class,
            ServedModels.Unknown.class,
            TokenCounter.class,
            UsageReport.class)
        .forEach(type -> registerChoice(commandLine, type));
    return commandLine
        .registerConverter(RateLimits.class, RateLimits::parse)
        .registerConverter(CoTenant.class, CoTenant::parse)
        .registerConverter(RefusedField.class, RefusedField::parse)
        .registerConverter(Outage.class, Outage::parse)
        .registerConverter(TimedFault.class, TimedFault::parse)
        .registerConverter(FaultRates.class, FaultRates::parse)
        .registerConverter(Latency.class, Latency::parse)
        .registerConverter(Duration.class, GoDuration::parse)
        .registerConverter(Integer.class, OptionConverters::count)
        .registerConverter(int.class, OptionConverters::count)
        .registerConverter(boolean.class, OptionConverters::bool);
  }

  private static <E extends Enum<E>> void registerChoice(
      CommandLine commandLine, Class<? extends Enum<?>> type) {
    @SuppressWarnings("unchecked")
    Class<E> choice = (Class<E>) type;
    commandLine.registerConverter(choice, text -> Choice.of(choice, text));
  }

  private static int count(String text) {
    int number = Integer.parseInt(text.strip());
    if (number < 0) {
      throw new IllegalArgumentException("below 0");
    }
    return number;
  }

  private static boolean bool(String text) {
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  /** A share from 0 to 1. */
  static final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double share = Double.parseDouble(text);
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("not between 0 and 1");
      }
      return share;
    }
  }

  /** A percentage, as a share from 0 to 1. */
  static final class Percent implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      String percent = text.strip();
      if (!percent.matches("(?:100|\\d{1,2}(?:\\.\\d+)?)%")) {
        throw new IllegalArgumentException("no percentage, such as 30%");
      }
      return Double.parseDouble(percent.substring(0, percent.length() - 1)) / 100;
    }
  }

  /** A number of bytes; each unit is a thousand times the one before. */
  static final class Size implements ITypeConverter<Long> {

    private static final Map<String, Long> UNITS =
        Map.of("kB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})(kB|MB|GB)");

    @Override
    public Long convert(String text) {
      Matcher size = FORM.matcher(text.strip());
      if (!size.matches()) {
        throw new IllegalArgumentException("no size, such as 200MB");
      }
      return Long.parseLong(size.group(1)) * UNITS.get(size.group(2));
    }
  }
}
