package io.burnish.prices;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The price of a model in US$ a million tokens; none is below 0.
 *
 * @param input of prompt tokens that are not cached
 * @param cached of prompt tokens that come from the provider's cache
 * @param output of completion tokens, reasoning included
 */
public record Price(BigDecimal input, BigDecimal cached, BigDecimal output) {

  /** Decimals of an amount: a millionth of a US$. */
  public static final int DECIMALS = 6;

  static final Price ZERO = new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  private static final int MILLION = 6;

  /** A price from decimal numbers. */
  static Price of(String input, String cached, String output) {
    return new Price(new BigDecimal(input), new BigDecimal(cached), new BigDecimal(output));
  }

  /**
   * The cost of tokens in US$, rounded half up to {@value #DECIMALS} decimals.
   *
   * @param promptTokens prompt tokens, cached ones included; 0 or more
   * @param cachedTokens part of the prompt tokens; more than those count as all of them
   * @param completionTokens completion tokens; 0 or more
   */
  public BigDecimal cost(long promptTokens, long cachedTokens, long completionTokens) {
    return exact(promptTokens, cachedTokens, completionTokens)
        .setScale(DECIMALS, RoundingMode.HALF_UP);
  }

  /** The most that a call of so many tokens can cost in US$, rounded up: nothing is cached. */
  public BigDecimal most(long promptTokens, long completionTokens) {
    return input
        .max(cached)
        .multiply(BigDecimal.valueOf(promptTokens))
        .add(output.multiply(BigDecimal.valueOf(completionTokens)))
        .movePointLeft(MILLION)
        .setScale(DECIMALS, RoundingMode.UP);
  }

  private BigDecimal exact(long promptTokens, long cachedTokens, long completionTokens) {
    long fromCache = Math.min(promptTokens, cachedTokens);
    return input
        .multiply(BigDecimal.valueOf(promptTokens - fromCache))
        .add(cached.multiply(BigDecimal.valueOf(fromCache)))
        .add(output.multiply(BigDecimal.valueOf(completionTokens)))
        .movePointLeft(MILLION);
  }
}
