package io.burnish.budget;

import io.burnish.prices.Price;
import io.burnish.prices.Prices;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Tokens that a call uses, or may use at most.
 *
 * @param model the model that is called
 * @param promptTokens prompt tokens, cached ones included; 0 or more
 * @param completionTokens completion tokens, reasoning included; 0 or more
 */
public record TokenUse(String model, long promptTokens, long completionTokens) {

  /** The share of one of so many records, rounded up. */
  TokenUse perRecord(int records) {
    return new TokenUse(model, share(promptTokens, records), share(completionTokens, records));
  }

  private static long share(long tokens, int records) {
    return (tokens + records - 1) / records;
  }

  long tokens() {
    return promptTokens + completionTokens;
  }

  /** The most that it costs in US$; empty if the model has no price, and it uses tokens. */
  Optional<BigDecimal> cost(Prices prices) {
    return tokens() == 0
        ? Optional.of(BigDecimal.ZERO.setScale(Price.DECIMALS))
        : prices.of(model).map(price -> price.most(promptTokens, completionTokens));
  }
}
