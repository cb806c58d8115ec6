package io.burnish.prices;

import io.burnish.settings.Allowed;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** The prices of models. */
@ConfigMapping(prefix = "burnish.prices")
public interface PricesConfig {

  /**
   * {@code BURNISH_PRICES}: {@code model=input/cached/output} in US$ a million tokens, separated by
   * {@code ;}. They replace those of the built-in table, and add to it.
   */
  @Allowed(
      "model=input/cached/output, each a number of US$ a million tokens such as 0.15, several separated by ;")
  Optional<@Pattern(regexp = ConfiguredPrices.SYNTAX) String> models();
}
