package io.burnish.settings;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.SmallRyeConfig;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A limit of one setting by another: each value is allowed alone, but not every pair works.
 *
 * @param lower property of the smaller setting
 * @param times how many times the smaller value must fit into the larger one; over 0
 * @param equal whether the values may be equal
 * @param upper property of the larger setting
 * @param kind how the values are read
 */
record Relation(String lower, int times, boolean equal, String upper, Kind kind) {

  /** All relations between settings; each is documented at one of the two settings. */
  static final List<Relation> ALL =
      List.of(
          less("burnish.intake.max-body", "burnish.intake.max-on-disk", Kind.SIZE),
          new Relation(
              "burnish.worker.heartbeat", 3, true, "burnish.worker.silence", Kind.DURATION),
          atMost("burnish.worker.shortest-pause", "burnish.worker.longest-pause", Kind.DURATION),
          less("burnish.worker.longest-pause", "burnish.health.stalled-after", Kind.DURATION),
          less("burnish.worker.heartbeat", "burnish.health.stalled-after", Kind.DURATION),
          less(
              "quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout",
              "burnish.health.stalled-after",
              Kind.DURATION),
          less("burnish.worker.drain", "quarkus.shutdown.timeout", Kind.DURATION),
          less("burnish.jobs.store-at-once", "quarkus.datasource.jdbc.max-size", Kind.COUNT),
          less(
              "quarkus.fault-tolerance.\"io.burnish.models.ChatGateway/complete\".timeout.value",
              "burnish.provider.read-timeout",
              Kind.DURATION));

  /** How a value is read; a number alone is a number of seconds, of bytes, or a count. */
  enum Kind {
    DURATION(
        (config, property) ->
            config
                .getOptionalValue(property, Duration.class)
                .map(duration -> BigInteger.valueOf(duration.toMillis()))),
    SIZE(
        (config, property) ->
            config.getOptionalValue(property, MemorySize.class).map(MemorySize::asBigInteger)),
    COUNT(
        (config, property) ->
            config.getOptionalValue(property, Integer.class).map(BigInteger::valueOf));

    private final Reading reading;

    Kind(Reading reading) {
      this.reading = reading;
    }

    @FunctionalInterface
    private interface Reading {
      Optional<BigInteger> of(SmallRyeConfig config, String property);
    }

    /** The value; empty when it is not set, or can't be read, which is reported elsewhere. */
    private Optional<BigInteger> read(SmallRyeConfig config, String property) {
      try {
        return reading.of(config, property);
      } catch (IllegalArgumentException | ArithmeticException e) {
        return Optional.empty();
      }
    }
  }

  private static Relation less(String lower, String upper, Kind kind) {
    return new Relation(lower, 1, false, upper, kind);
  }

  private static Relation atMost(String lower, String upper, Kind kind) {
    return new Relation(lower, 1, true, upper, kind);
  }

  /**
   * What is wrong, in a sentence; empty: nothing.
   *
   * @param setting the setting that gives a property its value
   */
  Optional<String> error(SmallRyeConfig config, Function<String, Setting> setting) {
    Optional<BigInteger> least =
        kind.read(config, lower).map(value -> value.multiply(BigInteger.valueOf(times)));
    Optional<BigInteger> most = kind.read(config, upper);
    if (least.isEmpty() || most.isEmpty()) {
      return Optional.empty();
    }
    int order = least.get().compareTo(most.get());
    if (order < 0 || order == 0 && equal) {
      return Optional.empty();
    }
    Setting larger = setting.apply(upper);
    return Optional.of(setting.apply(lower).mustBe(limit() + larger.named()));
  }

  private String limit() {
    return times > 1 ? "at most 1/%d of ".formatted(times) : equal ? "at most " : "less than ";
  }
}
