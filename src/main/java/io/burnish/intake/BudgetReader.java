package io.burnish.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.job.spec.JobBudget;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the limits of a budget. */
public final class BudgetReader {

  private BudgetReader() {}

  /**
   * A limit of tokens.
   *
   * @param wrong takes a sentence when the value is wrong
   * @return empty when it is null or wrong
   */
  public static Optional<Long> tokens(JsonNode value, Consumer<String> wrong) {
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber()
        || !isWhole(value.decimalValue())
        || value.decimalValue().signum() <= 0
        || value.decimalValue().compareTo(BigDecimal.valueOf(JobBudget.MOST_TOKENS)) > 0) {
      wrong.accept(
          "must be a whole number of tokens from 1 to %d".formatted(JobBudget.MOST_TOKENS));
      return Optional.empty();
    }
    return Optional.of(value.decimalValue().longValue());
  }

  private static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  /**
   * A limit of the cost.
   *
   * @param wrong takes a sentence when the value is wrong
   * @return US$; empty when it is null or wrong
   */
  public static Optional<BigDecimal> cost(JsonNode value, Consumer<String> wrong) {
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber()
        || value.decimalValue().signum() <= 0
        || value.decimalValue().compareTo(JobBudget.MOST_COST) > 0
        || value.decimalValue().stripTrailingZeros().scale() > JobBudget.DECIMALS) {
      wrong.accept(
          "must be a number of US$ over 0, at most %s and with at most %d decimals"
              .formatted(JobBudget.MOST_COST.toPlainString(), JobBudget.DECIMALS));
      return Optional.empty();
    }
    return Optional.of(value.decimalValue());
  }
}
