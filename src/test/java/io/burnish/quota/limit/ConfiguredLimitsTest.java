package io.burnish.quota.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredLimitsTest {

  @Test
  void limits_of_several_models_are_read() {
    assertThat(ConfiguredLimits.parse("openai/gpt-oss-120b=600/-/160000/-; b = 1/2/3/4 ;"))
        .containsEntry("openai/gpt-oss-120b", new Limits(600.0, null, 160_000.0, null))
        .containsEntry("b", new Limits(1.0, 2.0, 3.0, 4.0))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a=1/2/3", "a=0/-/-/-", "=1/2/3/4", "a=1/2/3/x", "a=1/2/3/4/5"})
  void what_cannot_be_read_says_what_to_write(String text) {
    assertThatThrownBy(() -> ConfiguredLimits.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rpm/rpd/tpm/tpd");
  }
}
