package io.burnish.client.settings;

import io.burnish.client.console.ClientException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for of the jobs of a run.
 *
 * @param priority {@code low}, {@code normal} or {@code high}; null: the service's default
 * @param maxCost US$ that each job may spend at most; null: no limit
 * @param maxResults records of each job at most, the first ones; null: all
 * @param dryRun whether the estimate is printed and nothing is sent to a model
 * @param waits whether the run waits for the end of its jobs
 * @param cancelsOnInterrupt whether Ctrl-C cancels the jobs
 */
public record JobChoices(
    @Nullable String priority,
    @Nullable BigDecimal maxCost,
    @Nullable Integer maxResults,
    boolean dryRun,
    boolean waits,
    boolean cancelsOnInterrupt) {

  private static final Set<String> PRIORITIES = Set.of("low", "normal", "high");

  /**
   * Reads the choices of a command.
   *
   * @throws ClientException if they are invalid
   */
  public static JobChoices of(Options options, Map<String, String> environment) {
    if (options.priority != null && !PRIORITIES.contains(options.priority)) {
      throw new ClientException(
          "--priority is %s; it must be low, normal or high".formatted(options.priority));
    }
    boolean local = Settings.variable(environment, "BURNISH_URL").isEmpty();
    if (options.noWait && local) {
      throw new ClientException(
          "--no-wait needs a service that goes on: set BURNISH_URL; the local one ends with this command");
    }
    return new JobChoices(
        options.priority,
        maxCost(options.maxCost),
        maxResults(
            Optional.ofNullable(options.maxResults)
                .or(() -> Settings.variable(environment, "MAX_RESULTS"))),
        options.dryRun,
        !options.noWait,
        options.cancelOnInterrupt);
  }

  private static @Nullable BigDecimal maxCost(@Nullable String given) {
    if (given == null) {
      return null;
    }
    if (!given.matches("\\d{1,9}([.]\\d{1,6})?") || new BigDecimal(given).signum() == 0) {
      throw new ClientException(
          "--max-cost is %s; it must be US$ over 0 with at most 6 decimals, such as 0.50"
              .formatted(given));
    }
    return new BigDecimal(given);
  }

  private static @Nullable Integer maxResults(Optional<String> given) {
    if (given.isEmpty()) {
      return null;
    }
    if (!given.get().matches("[1-9]\\d{0,8}")) {
      throw new ClientException(
          "the number of results is %s; --max-results or MAX_RESULTS must be a whole number from 1"
              .formatted(given.get()));
    }
    return Integer.valueOf(given.get());
  }
}
