package io.burnish.simulator.faults;

import io.burnish.simulator.options.Choice;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The rates of random faults.
 *
 * @param rates by kind, 0 to 1; at most 1 together, because a call has one fault
 */
public record FaultRates(Map<InjectedFault, Double> rates) {

  /** No random faults. */
  public static final FaultRates NONE = new FaultRates(Map.of());

  public FaultRates {
    rates = Map.copyOf(rates);
    if (rates.values().stream().mapToDouble(Double::doubleValue).sum() > 1) {
      throw new IllegalArgumentException("together more than 100 %");
    }
  }

  /** Parses {@code truncated=5%,fenced-json=5%}. */
  public static FaultRates parse(String text) {
    Map<InjectedFault, Double> rates = new EnumMap<>(InjectedFault.class);
    for (String part : text.isBlank() ? new String[0] : text.split(",")) {
      String[] pair = part.strip().split("=", -1);
      if (pair.length != 2 || !pair[1].matches("\\d{1,3}(?:\\.\\d+)?%")) {
        throw new IllegalArgumentException(
            "'%s' is no rate of a fault, such as truncated=5%%".formatted(part));
      }
      double rate = Double.parseDouble(pair[1].substring(0, pair[1].length() - 1)) / 100;
      rates.put(kind(pair[0]), rate);
    }
    return new FaultRates(rates);
  }

  /** The kind of this name: {@code FENCED_JSON}, {@code fenced-json}. */
  public static InjectedFault kind(String name) {
    return Choice.of(InjectedFault.class, name);
  }

  /** The fault of the next call, if any. */
  public Optional<InjectedFault> draw(Random random) {
    if (rates.isEmpty()) {
      return Optional.empty();
    }
    double drawn = random.nextDouble();
    // In the order of the enum, so that the order of the options does not change what a seed means.
    for (InjectedFault kind : InjectedFault.values()) {
      drawn -= rates.getOrDefault(kind, 0.0);
      if (drawn < 0) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
