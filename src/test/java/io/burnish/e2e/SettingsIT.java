package io.burnish.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.local.LocalServices;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged service says when it can't start. */
class SettingsIT {

  @TempDir Path directory;

  @Test
  void wrong_settings_are_one_line_each() throws Exception {
    assertThat(
            start(
                Map.of(
                    "BURNISH_CONCURRENCY", "0",
                    "LOG_LEVEL", "LOUD",
                    "BURNISH_SIMULATOR_LATENCY", "zzz")))
        .satisfies(
            output -> {
              assertThat(output).hasSize(3);
              assertThat(output)
                  .anyMatch(line -> line.startsWith("LOG_LEVEL is \"LOUD\". It must"));
              assertThat(output)
                  .anyMatch(line -> line.startsWith("BURNISH_CONCURRENCY is \"0\". It must be"));
              assertThat(output)
                  .anyMatch(line -> line.startsWith("BURNISH_SIMULATOR_LATENCY is \"zzz\": "));
            });
  }

  @Test
  @Tag("slow")
  void a_wrong_setting_of_the_framework_is_one_line_too() throws Exception {
    assertThat(start(Map.of("BURNISH_PROVIDER", "simulated", "QUARKUS_HTTP_IO_THREADS", "many")))
        .filteredOn(line -> line.contains("QUARKUS_HTTP_IO_THREADS"))
        .containsExactly(
            "QUARKUS_HTTP_IO_THREADS is \"many\": the value can't be read or is not allowed");
  }

  @Test
  void a_missing_key_is_one_line_although_variables_are_set_to_nothing() throws Exception {
    assertThat(start(Map.of("GROQ_API_KEY", "", "LOG_LEVEL", "", "BURNISH_PROVIDER", "")))
        .singleElement()
        .asString()
        .startsWith("GROQ_API_KEY is not set.");
  }

  @Test
  void a_start_without_any_key_is_one_line_that_names_the_variable() throws Exception {
    assertThat(
            start(
                Map.of(
                    "BURNISH_PROVIDER",
                    "simulated",
                    "LOG_LEVEL",
                    "ERROR",
                    "QUARKUS_LOG_LEVEL",
                    "ERROR",
                    "BURNISH_DATABASE_DIRECTORY",
                    directory.resolve("postgresql").toString())))
        .singleElement()
        .asString()
        .startsWith("BURNISH_ADMIN_KEY is not set, and the database has no valid key.");
  }

  @Test
  void an_admin_key_that_is_too_short_is_refused_and_not_shown() throws Exception {
    assertThat(start(Map.of("BURNISH_PROVIDER", "simulated", "BURNISH_ADMIN_KEY", "hunter2")))
        .singleElement()
        .asString()
        .startsWith("BURNISH_ADMIN_KEY is wrong (the value is not shown). It must be 32 to 200")
        .doesNotContain("hunter2");
  }

  @Test
  @Tag("slow")
  void embedded_data_of_an_unreleased_version_are_one_line_with_what_to_do() throws Exception {
    Path data = directory.resolve("data of before");
    Config config =
        new SmallRyeConfigBuilder()
            .withDefaultValue("burnish.database.directory", data.toString())
            .build();
    try (LocalServices services = LocalServices.start(config)) {
      Map<String, String> settings = services.configuration();
      try (Connection connection =
              DriverManager.getConnection(
                  settings.get("quarkus.datasource.jdbc.url"),
                  settings.get("quarkus.datasource.username"),
                  settings.get("quarkus.datasource.password"));
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE flyway_schema_history (version text, script text)");
        statement.execute("INSERT INTO flyway_schema_history VALUES ('1', 'V1__create_jobs.sql')");
      }
    }

    assertThat(
            start(
                Map.of(
                    "BURNISH_PROVIDER",
                    "simulated",
                    "BURNISH_DATABASE_DIRECTORY",
                    data.toString())))
        .singleElement()
        .asString()
        .startsWith("The data in " + data + " were stored by an unreleased version of Burnish");
  }

  /** The lines of a start that ends with status 1, without a stack. */
  private List<String> start(Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(BURNISH|QUARKUS|GROQ)_.*"));
    List.of("LOG_LEVEL", "JAVA_TOOL_OPTIONS").forEach(builder.environment()::remove);
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0");
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end: " + Files.readString(output));
    }
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(output)).doesNotContain("\tat ", "Exception");
    return Files.readAllLines(output);
  }
}
