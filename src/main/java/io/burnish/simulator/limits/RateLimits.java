package io.burnish.simulator.limits;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The limits of one model.
 *
 * @param byDimension each over 0; an absent dimension has no limit
 */
public record RateLimits(Map<LimitDimension, Long> byDimension) {

  static final RateLimits NONE = new RateLimits(Map.of());

  private static final String WITHOUT = "-";

  public RateLimits {
    byDimension = Map.copyOf(byDimension);
  }

  /** Requests and tokens, per minute and per day; 0: no limit. */
  static RateLimits of(long rpm, long rpd, long tpm, long tpd) {
    List<Long> numbers = List.of(rpm, rpd, tpm, tpd);
    Map<LimitDimension, Long> byDimension = new EnumMap<>(LimitDimension.class);
    for (LimitDimension dimension : LimitDimension.values()) {
      long number = numbers.get(dimension.ordinal());
      if (number > 0) {
        byDimension.put(dimension, number);
      }
    }
    return new RateLimits(byDimension);
  }

  /**
   * Parses {@code rpm/rpd/tpm/tpd}, {@code -} for no limit.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static RateLimits parse(String text) {
    String[] parts = text.strip().split("/", -1);
    if (parts.length != LimitDimension.values().length
        || !Arrays.stream(parts).allMatch(part -> part.matches("-|[1-9]\\d{0,17}"))) {
      throw new IllegalArgumentException(
          "'%s' is no rpm/rpd/tpm/tpd, such as 30/1000/8000/200000, with - for no limit"
              .formatted(text));
    }
    List<Long> numbers =
        Arrays.stream(parts).map(part -> part.equals(WITHOUT) ? 0L : Long.parseLong(part)).toList();
    return of(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
  }

  Optional<Long> of(LimitDimension dimension) {
    return Optional.ofNullable(byDimension.get(dimension));
  }

  @Override
  public String toString() {
    return Arrays.stream(LimitDimension.values())
        .map(dimension -> of(dimension).map(String::valueOf).orElse(WITHOUT))
        .collect(Collectors.joining("/"));
  }
}
