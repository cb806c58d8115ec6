package io.burnish.prices;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What models cost: the prices of {@code BURNISH_PRICES}, and those of a built-in table. Costs are
 * computed when they are read, so a corrected price corrects the cost of earlier calls too.
 * Immutable and thread-safe.
 */
@Singleton
public class Prices {

  private final Map<String, Price> configured;

  @Inject
  Prices(PricesConfig config) {
    this(config.models().orElse(""));
  }

  /**
   * @param configured the text of {@code BURNISH_PRICES}
   * @throws IllegalArgumentException if it cannot be read
   */
  public Prices(String configured) {
    this.configured = ConfiguredPrices.parse(configured);
  }

  /** The price of a model; empty if none is known. */
  public Optional<Price> of(String model) {
    return Optional.ofNullable(configured.get(model)).or(() -> PriceTable.of(model));
  }

  /**
   * What tokens of a model cost in US$, rounded to {@value Price#DECIMALS} decimals; empty if the
   * price of the model is not known.
   *
   * @param prompt prompt tokens, cached ones included; 0 or more
   * @param cached part of the prompt tokens: from the provider's cache
   * @param completion completion tokens; 0 or more
   */
  public Optional<BigDecimal> cost(String model, long prompt, long cached, long completion) {
    return of(model).map(price -> price.cost(prompt, cached, completion));
  }

  /** The sum of costs in US$; empty if one of them is not known. */
  public static Optional<BigDecimal> sum(Stream<Optional<BigDecimal>> costs) {
    return costs.reduce(
        Optional.of(BigDecimal.ZERO.setScale(Price.DECIMALS)),
        (one, other) -> one.flatMap(known -> other.map(known::add)));
  }
}
