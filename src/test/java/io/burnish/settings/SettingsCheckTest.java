package io.burnish.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

  private final Properties others = new Properties();

  /** Profiles of other tests leave system properties behind, which count more than variables. */
  private static final int ABOVE_OTHER_TESTS = 500;

  private static final SettingsCheck.Options OPTIONS =
      new SettingsCheck.Options() {
        @Override
        public String prefix() {
          return "burnish.simulator.";
        }

        @Override
        public List<String> names() {
          return List.of("latency", "co-tenant");
        }

        @Override
        public Optional<String> error(String name, String value) {
          return value.equals("zzz") ? Optional.of("no duration") : Optional.empty();
        }
      };

  @Test
  void the_defaults_are_right() {
    assertThat(mistakes(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "BURNISH_CONCURRENCY | 0 | a whole number from 1 to 1,000",
        "BURNISH_CONCURRENCY | -1 | a whole number from 1 to 1,000",
        "BURNISH_CONCURRENCY | 1001 | a whole number from 1 to 1,000",
        "BURNISH_CONCURRENCY | many | a whole number from 1 to 1,000",
        "BURNISH_CONCURRENCY | 99999999999 | a whole number from 1 to 1,000",
        "BURNISH_PACK | 0 | a whole number from 1 to 1,000",
        "BURNISH_PACK | 1.5 | a whole number from 1 to 1,000",
        "BURNISH_WORKER_CLAIM_BATCH | 0 | a whole number from 1 to",
        "BURNISH_WORKER_PROGRESS_EVERY | 0 | a whole number of at least 1",
        "BURNISH_PROVIDER | gorq | one of groq, simulated",
        "BURNISH_PLAN | gold | one of auto, free, developer, unlimited",
        "BURNISH_PACING | fast | one of adaptive, fixed",
        "BURNISH_LIMITS | a=1/2/3 | model=rpm/rpd/tpm/tpd",
        "BURNISH_LIMITS | a=0/-/-/- | model=rpm/rpd/tpm/tpd",
        "BURNISH_LIMITS | =1/-/-/- | model=rpm/rpd/tpm/tpd",
        "BURNISH_PRICES | a=0.15/0.60 | model=input/cached/output",
        "BURNISH_PRICES | a=0.15/-/0.60 | model=input/cached/output",
        "BURNISH_PRICES | a=-1/0/1 | model=input/cached/output",
        "BURNISH_PRICES | =1/1/1 | model=input/cached/output",
        "BURNISH_MODELS | a,a | each once",
        "BURNISH_MODELS | a,,b, , | each once",
        "BURNISH_MODELS | ',' | each once",
        "GROQ_BASE_URL | notaurl | an http or https address",
        "GROQ_BASE_URL | ftp://a.example | an http or https address",
        "GROQ_BASE_URL | 'http://a b' | an http or https address",
        "GROQ_BASE_URL | http:// | an http or https address",
        "RATE_LIMIT_REQUEST_DELAY | -3s | a duration",
        "RATE_LIMIT_429_DELAY | soon | a duration",
        "RATE_LIMIT_MAX_CONSECUTIVE_429 | 0 | a whole number of at least 1",
        "RESET_GROQ_TRACKING | perhaps | true or false",
        "LOG_LEVEL | LOUD | DEBUG, INFO, WARNING or ERROR",
        "QUARKUS_HTTP_PORT | 70000 | a port from 0",
        "QUARKUS_HTTP_PORT | http | a port from 0",
        "QUARKUS_DATASOURCE_JDBC_URL | jdbc:mysql://x | jdbc:postgresql:",
        "BURNISH_DATABASE_WAIT_AT_START | -1s | a duration",
        "BURNISH_INTAKE_MAX_BODY | 0 | a size",
        "BURNISH_INTAKE_MAX_BODY | huge | a size",
        "BURNISH_RETENTION_EVERY | 0s | a duration",
        "BURNISH_RETENTION_EVERY | 200ms | a duration such as 500ms, 30s, 5m or 2h, at least 1s",
        "BURNISH_QUEUE_AGING | 10ms | a duration such as 500ms, 30s, 5m or 2h, at least 1s",
        "BURNISH_SIMULATOR_LATENCY | zzz | no duration",
        "BURNISH_SIMULATOR_CO_TENANT | zzz | no duration",
      })
  void a_wrong_value_is_named_with_what_is_allowed(String variable, String value, String allowed) {
    List<String> mistakes = mistakes(Map.of(variable, value));

    assertThat(mistakes).hasSize(1);
    assertThat(mistakes.get(0)).startsWith(variable + " is \"").contains(value, allowed);
    assertThat(mistakes.get(0)).doesNotContain("\n", "SRCFG");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "BURNISH_INTAKE_MAX_BODY | 20G | less than BURNISH_INTAKE_MAX_ON_DISK, which is \"9G\"",
        "BURNISH_WORKER_HEARTBEAT | 11s | at most 1/3 of BURNISH_WORKER_SILENCE, which is \"30s\"",
        "BURNISH_WORKER_SHORTEST_PAUSE | 1m | at most BURNISH_WORKER_LONGEST_PAUSE, which is",
        "BURNISH_WORKER_LONGEST_PAUSE | 1h | less than BURNISH_HEALTH_STALLED_AFTER, which is",
        "BURNISH_WORKER_DRAIN | 30s | less than QUARKUS_SHUTDOWN_TIMEOUT, which is \"30s\"",
        "BURNISH_JOBS_STORE_AT_ONCE | 16 | less than QUARKUS_DATASOURCE_JDBC_MAX_SIZE, which is",
      })
  void a_value_beyond_another_setting_is_named_with_that_one(
      String variable, String value, String allowed) {
    assertThat(mistakesBesideDefaults(variable, value))
        .singleElement()
        .asString()
        .startsWith(variable + " is \"" + value + "\". It must be ")
        .contains(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "BURNISH_INTAKE_MAX_ON_DISK, 1G, BURNISH_INTAKE_MAX_BODY is \"4G\"",
    "BURNISH_WORKER_SILENCE, 14s, BURNISH_WORKER_HEARTBEAT is \"5s\"",
    "BURNISH_PROVIDER_READ_TIMEOUT, 60s, CHATGATEWAY",
    "BURNISH_HEALTH_STALLED_AFTER, 60s, SOCKETTIMEOUT is \"60\"",
  })
  void a_value_below_another_setting_is_named_with_that_one(
      String variable, String value, String lower) {
    assertThat(mistakesBesideDefaults(variable, value))
        .singleElement()
        .asString()
        .contains(lower, variable + ", which is \"" + value + "\"");
  }

  @Test
  void settings_that_fit_each_other_are_accepted() {
    assertThat(
            mistakes(
                Map.of(
                    "BURNISH_INTAKE_MAX_BODY", "20G",
                    "BURNISH_INTAKE_MAX_ON_DISK", "45G",
                    "BURNISH_WORKER_HEARTBEAT", "20s",
                    "BURNISH_WORKER_SILENCE", "1m")))
        .isEmpty();
  }

  @Test
  void all_wrong_settings_are_named_at_once() {
    assertThat(
            mistakes(
                Map.of(
                    "BURNISH_CONCURRENCY", "x",
                    "BURNISH_PACK", "0",
                    "LOG_LEVEL", "LOUD",
                    "BURNISH_MODELS", "a,a",
                    "BURNISH_PLAN", "gold",
                    "RATE_LIMIT_RETRY_DELAY", "-1s")))
        .hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOG_LEVEL",
        "BURNISH_PROVIDER",
        "BURNISH_MODELS",
        "GROQ_BASE_URL",
        "GROQ_API_KEY",
        "BURNISH_CONCURRENCY",
        "BURNISH_PACK",
        "BURNISH_LIMITS",
        "BURNISH_PACING",
        "BURNISH_PLAN",
        "RATE_LIMIT_429_DELAY",
        "RESET_GROQ_TRACKING",
        "QUARKUS_HTTP_PORT",
        "QUARKUS_DATASOURCE_JDBC_URL",
        "BURNISH_DATABASE_DIRECTORY",
        "BURNISH_DATABASE_WAIT_AT_START",
        "BURNISH_INTAKE_MAX_BODY",
        "BURNISH_WORKER_CLAIM_BATCH",
        "BURNISH_SIMULATOR_LATENCY"
      })
  void an_empty_or_blank_variable_counts_as_unset(String variable) {
    assertThat(mistakes(Map.of(variable, ""))).isEmpty();
    assertThat(mistakes(Map.of(variable, " "))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DEBUG", "INFO", "WARNING", "ERROR", "warning", "WARN"})
  void levels_of_the_readme_are_accepted(String level) {
    assertThat(mistakes(Map.of("LOG_LEVEL", level))).isEmpty();
  }

  @Test
  void a_property_is_named_as_it_was_set() {
    assertThat(check(Map.of(), Map.of("burnish.worker.pack", "0")).errors())
        .singleElement()
        .asString()
        .startsWith("burnish.worker.pack is \"0\". It must be a whole number");
    assertThat(mistakes(Map.of("BURNISH_WORKER_PACK", "0")))
        .singleElement()
        .asString()
        .startsWith("BURNISH_WORKER_PACK is ");
  }

  @Test
  void secrets_and_long_values_are_not_shown() {
    assertThat(mistakes(Map.of("GROQ_BASE_URL", "ftp://me:s3cret@host?key=s3cret")))
        .singleElement()
        .asString()
        .doesNotContain("s3cret");
    assertThat(mistakes(Map.of("BURNISH_PLAN", "x\n".repeat(10_000))).get(0))
        .hasSizeLessThan(300)
        .doesNotContain("\n");
  }

  @Test
  void unknown_names_are_reported() {
    assertThat(
            check(
                    Map.of("BURNISH_CONCURENCY", "8", "BURNISH_PACK", "1"),
                    Map.of("burnish.worker.pakc", "2"))
                .unknown(
                    Set.of(
                        "BURNISH_CONCURENCY",
                        "BURNISH_PACK",
                        "BURNISH_URL",
                        "BURNISH_WORKER_CLAIM_BATCH",
                        "BURNISH_SIMULATOR_CO_TENANT",
                        "BURNISH_PORT_8080_TCP_ADDR",
                        "BURNISH_SERVICE_HOST",
                        "PATH")))
        .containsExactly("BURNISH_CONCURENCY", "burnish.worker.pakc");
  }

  @Test
  void every_mapping_is_checked() {
    Set<String> all =
        new ClassFileImporter()
            .importPackages("io.burnish").stream()
                .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());

    assertThat(MappedSettings.MAPPINGS).containsExactlyInAnyOrderElementsOf(all);
  }

  /** Other tests of the same process may have changed the other setting of a pair. */
  private static List<String> mistakesBesideDefaults(String variable, String value) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "BURNISH_INTAKE_MAX_BODY", "4G",
                "BURNISH_INTAKE_MAX_ON_DISK", "9G",
                "BURNISH_WORKER_HEARTBEAT", "5s",
                "BURNISH_WORKER_SILENCE", "30s",
                "BURNISH_WORKER_SHORTEST_PAUSE", "100ms",
                "BURNISH_WORKER_LONGEST_PAUSE", "2s",
                "BURNISH_WORKER_DRAIN", "20s",
                "BURNISH_HEALTH_STALLED_AFTER", "3m",
                "BURNISH_JOBS_STORE_AT_ONCE", "4"));
    environment.put(variable, value);
    return mistakes(environment);
  }

  /** The application that another test of this process runs has its settings there. */
  @BeforeEach
  void hide_the_settings_of_other_tests() {
    others.putAll(System.getProperties());
    System.getProperties().keySet().removeIf(name -> name.toString().startsWith("burnish."));
  }

  @AfterEach
  void show_the_settings_of_other_tests() {
    others.stringPropertyNames().stream()
        .filter(name -> name.startsWith("burnish."))
        .forEach(name -> System.setProperty(name, others.getProperty(name)));
  }

  private static List<String> mistakes(Map<String, String> environment) {
    return check(environment, Map.of()).errors();
  }

  private static SettingsCheck check(
      Map<String, String> environment, Map<String, String> properties) {
    Map<String, String> variables = new HashMap<>(environment);
    // A test of the same process may have left a smaller pool behind.
    variables.putIfAbsent("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "16");
    SmallRyeConfig config =
        SettingsCheck.builder()
            .withProfile("prod")
            .withSources(EmptyIsUnset.environment(variables, ABOVE_OTHER_TESTS))
            .withSources(new PropertiesConfigSource(properties, "given", 500))
            .build();
    return new SettingsCheck(config, OPTIONS);
  }
}
