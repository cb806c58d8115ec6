package io.burnish.simulator.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.simulator.faults.FaultRates;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.limits.QuotaSettings;
import io.burnish.simulator.model.Latency;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatorSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "free, openai/gpt-oss-120b, 30/1000/8000/200000",
    "free, simulated/openai/gpt-oss-20b, 30/1000/8000/200000",
    "free, qwen/qwen3.8-27b, 30/1000/8000/200000",
    "free, llama-3.3-70b-versatile, 30/1000/12000/100000",
    "free, llama-3.1-8b-instant, 30/14400/6000/500000",
    "free, groq/compound, 30/250/70000/-",
    "developer, openai/gpt-oss-120b, 1000/500000/250000/-",
    "developer, openai/gpt-oss-safeguard-20b, 1000/500000/150000/-",
    "developer, llama-3.3-70b-versatile, 1000/500000/300000/-",
    "unlimited, openai/gpt-oss-120b, -/-/-/-"
  })
  void a_plan_gives_each_model_its_limits(String plan, String model, String limits) {
    SimulatorSettings settings = SimulatorSettings.INSTANT.with("plan", plan);

    assertThat(settings.quota().limitsOf(model)).hasToString(limits);
  }

  @Test
  void named_limits_override_those_of_the_plan() {
    QuotaSettings terms =
        SimulatorSettings.of(
                Map.of("plan", "free", "limits", "openai/gpt-oss-120b=600/-/160000/-;*=1/2/3/4"))
            .quota();

    assertThat(terms.limitsOf("simulated/openai/gpt-oss-120b")).hasToString("600/-/160000/-");
    assertThat(terms.limitsOf("anything")).hasToString("1/2/3/4");
  }

  @ParameterizedTest
  @CsvSource({
    "speed, 3, is no option",
    "plan, golden, 'is none of [FREE, DEVELOPER, UNLIMITED]'",
    "limits, x=1/2/3, rpm/rpd/tpm/tpd",
    "limits, x=0/1/1/1, rpm/rpd/tpm/tpd",
    "order, rpm-tpm, is none of",
    "opening, 1.5, not between 0 and 1",
    "settle, maybe, neither true nor false",
    "latency, fast, duration",
    "latency, 2s..1s, ends before it begins",
    "down, never, outage",
    "co-tenant, 30%, co-tenant",
    "faults, truncated=5, rate of a fault",
    "faults, 'truncated=60%,empty=60%', more than 100",
    "port, -1, below 0",
    "trouble, choices-empty, trouble",
    "trouble, dance@1s..2s, is none of",
    "dislikes, temperature, dislike",
    "dislikes, temperature=rudely, is none of",
    "stubborn, 0.4, percentage",
    "stubborn, 101%, percentage",
    "huge-body, 200, size",
    "usage, odd, is none of",
    "slow-above, -1, below 0"
  })
  void an_invalid_value_is_refused_with_the_name_of_its_option(
      String option, String value, String complaint) {
    assertThatThrownBy(() -> SimulatorSettings.INSTANT.with(option, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(option)
        .hasMessageContaining(complaint);
  }

  @Test
  void the_command_line_takes_both_forms_of_an_option() {
    assertThat(SimulatorSettings.ofArguments("--plan", "free", "--latency=20ms").asText())
        .containsEntry("plan", "free")
        .containsEntry("latency", "20ms")
        .containsEntry("seed", "1");
    assertThatThrownBy(() -> SimulatorSettings.ofArguments("plan", "free"))
        .hasMessageContaining("'plan'");
    assertThatThrownBy(() -> SimulatorSettings.ofArguments("--plan"))
        .hasMessageContaining("no value");
  }

  @Test
  void a_latency_can_be_fixed_spread_or_by_speed() {
    Random random = new Random(7);

    assertThat(Latency.parse("20ms").of(500, random)).isEqualTo(Duration.ofMillis(20));
    assertThat(Latency.parse("50ms+500t/s").of(500, random)).isEqualTo(Duration.ofMillis(1_050));
    Latency spread = Latency.parse("400ms..2s");
    long[] drawn =
        IntStream.range(0, 10_000)
            .mapToLong(i -> spread.of(1, random).toMillis())
            .sorted()
            .toArray();
    assertThat(drawn[5_000]).isBetween(380L, 420L);
    assertThat(drawn[9_900]).isBetween(1_800L, 2_200L);
  }

  @Test
  void random_faults_occur_at_their_rate_and_repeat_with_the_same_seed() {
    FaultRates rates = FaultRates.parse("truncated=5%, fenced-json=20%");

    long[] counts = new long[InjectedFault.values().length];
    Random random = new Random(1);
    for (int call = 0; call < 10_000; call++) {
      rates.draw(random).ifPresent(kind -> counts[kind.ordinal()]++);
    }

    assertThat(counts[InjectedFault.TRUNCATED.ordinal()]).isBetween(400L, 600L);
    assertThat(counts[InjectedFault.FENCED_JSON.ordinal()]).isBetween(1_800L, 2_200L);
    Random one = new Random(3);
    Random other = new Random(3);
    for (int call = 0; call < 100; call++) {
      assertThat(rates.draw(one)).isEqualTo(rates.draw(other));
    }
  }

  static Set<Map.Entry<String, String>> defaults() {
    return SimulatorSettings.INSTANT.asText().entrySet();
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void every_option_is_documented_with_its_default(Map.Entry<String, String> option)
      throws Exception {
    String page = Files.readString(Path.of("docs/simulator.md"));

    assertThat(page.lines().filter(line -> line.startsWith("| `" + option.getKey() + "` |")))
        .singleElement()
        .satisfies(line -> assertThat(line).contains(option.getValue()));
    assertThat(SimulatorSettings.help()).contains("--" + option.getKey());
  }

  @Test
  void the_last_value_of_a_repeated_option_counts() {
    assertThat(
            SimulatorSettings.ofArguments("--limits", "*=1/2/3/4", "--limits=x=5/6/7/8").asText())
        .containsEntry("limits", "x=5/6/7/8");
  }

  @Test
  void an_empty_value_and_a_trailing_separator_are_no_values_of_a_list() {
    SimulatorSettings settings =
        SimulatorSettings.of(Map.of("limits", "", "co-tenant", "30%/500@1s..2s; ", "log", ""));

    assertThat(settings.quota().coTenants()).hasSize(1);
    assertThat(settings.log()).isEmpty();
  }
}
