package io.burnish.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricesTest {

  @ParameterizedTest
  @CsvSource({
    "openai/gpt-oss-120b, 1000000, 0, 0, 0.150000",
    "openai/gpt-oss-120b, 1000000, 1000000, 0, 0.075000",
    "openai/gpt-oss-120b, 0, 0, 1000000, 0.600000",
    "openai/gpt-oss-120b, 1000, 400, 500, 0.000420",
    "openai/gpt-oss-20b, 1000000, 1000000, 0, 0.037500",
    "qwen/qwen3.8-27b, 3, 0, 1, 0.000006",
    "llama-3.3-70b-versatile, 1000000, 500000, 0, 0.590000",
    "simulated/openai/gpt-oss-120b, 1000000, 0, 1000000, 0.000000",
  })
  void a_cost_is_the_tokens_times_the_price_of_each_kind(
      String model, long prompt, long cached, long completion, BigDecimal cost) {
    assertThat(new Prices("").cost(model, prompt, cached, completion)).contains(cost);
  }

  @Test
  void more_cached_tokens_than_prompt_tokens_count_as_all_of_them() {
    assertThat(new Prices("m=1/0.5/2").cost("m", 100, 1_000, 0))
        .contains(new BigDecimal("0.000050"));
  }

  @Test
  void millions_of_millions_of_tokens_are_exact() {
    assertThat(new Prices("m=0.1/0.1/0.1").cost("m", 3_000_000_000_001L, 0, 0))
        .contains(new BigDecimal("300000.000000"));
  }

  @Test
  void a_model_without_a_price_has_no_cost() {
    assertThat(new Prices("").cost("my/model", 1, 0, 1)).isEmpty();
  }

  @Test
  void configured_prices_replace_those_of_the_table_and_add_to_it() {
    Prices prices = new Prices(" openai/gpt-oss-120b = 2 / 1/ 3.5 ;; my/model=0.1/0/0 ;");

    assertThat(prices.of("openai/gpt-oss-120b")).contains(Price.of("2", "1", "3.5"));
    assertThat(prices.of("my/model")).contains(Price.of("0.1", "0", "0"));
    assertThat(prices.of("openai/gpt-oss-20b")).contains(Price.of("0.075", "0.0375", "0.30"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a=1", "a=1/2", "a=1/2/x", "a=1/2/3/4", "=1/2/3", "a=1/2/-3"})
  void an_entry_that_cannot_be_read_is_quoted_with_the_syntax(String entry) {
    assertThatThrownBy(() -> new Prices("b=1/1/1;" + entry))
        .hasMessageContaining("\"" + entry + "\"")
        .hasMessageContaining("model=input/cached/output");
    assertThat(("b=1/1/1;" + entry).matches(ConfiguredPrices.SYNTAX)).isFalse();
  }

  @Test
  void the_most_that_a_call_can_cost_has_no_cached_tokens_and_is_rounded_up() {
    assertThat(Price.of("0.15", "0.075", "0.60").most(1_001, 100))
        .isEqualTo(new BigDecimal("0.000211"));
  }
}
