package io.burnish.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.database.StartupCheck.Clock;
import io.burnish.fixtures.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time passes only while the check sleeps. */
class StartupCheckTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AtomicLong nanos = new AtomicLong();
  private final List<String> warnings = new ArrayList<>();

  private final List<String> databases = new ArrayList<>();

  @AfterEach
  void drop_databases() {
    databases.forEach(TestDatabases::drop);
  }

  @Test
  void a_login_may_stand_in_the_url_alone() {
    String url = "jdbc:postgresql://h:1/d?user=me&password=p%26q";

    assertThat(Login.of(url, null, null)).isEqualTo(new Login(url, "me", "p&q"));
    assertThat(Login.of(url, "you", "r")).isEqualTo(new Login(url, "you", "r"));
  }

  @Test
  void a_database_that_answers_and_takes_writes_is_not_waited_for() {
    check(TestDatabases.url("postgres"), () -> {}).awaitUsable(MINUTE);

    assertThat(nanos.get()).isZero();
    assertThat(warnings).isEmpty();
  }

  @Test
  void one_that_refuses_connections_is_waited_for_with_a_line_every_five_seconds()
      throws IOException {
    String url =
        "jdbc:postgresql://localhost:%d/burnish?user=me&password=secret".formatted(FreePort.find());

    assertThatThrownBy(() -> check(url, () -> {}).awaitUsable(MINUTE))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("still unavailable after 60 s (burnish.database.wait-at-start)")
        .hasMessageContaining("refused")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("\n");
    assertThat(Duration.ofNanos(nanos.get())).isEqualTo(MINUTE);
    assertThat(warnings)
        .hasSize(12)
        .allSatisfy(
            line -> assertThat(line).contains("/burnish is unavailable").doesNotContain("secret"));
    assertThat(warnings.get(1)).contains("for 55 s more");
  }

  @Test
  void one_whose_name_is_not_known_yet_is_waited_for() {
    assertThatThrownBy(
            () ->
                check("jdbc:postgresql://nowhere.invalid:5432/burnish", () -> {})
                    .awaitUsable(Duration.ofSeconds(10)))
        .hasMessageContaining("still unavailable after 10 s")
        .hasMessageContaining("UnknownHostException");
    assertThat(warnings).hasSize(2);
  }

  @Test
  void one_that_is_read_only_is_waited_for_until_it_takes_writes() {
    databases.add("read_only");
    run(
        "CREATE DATABASE read_only",
        "ALTER DATABASE read_only SET default_transaction_read_only = on");

    check(
            TestDatabases.url("read_only"),
            () -> run("ALTER DATABASE read_only RESET default_transaction_read_only"))
        .awaitUsable(MINUTE);

    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains("it is read-only");
    assertThat(warnings.get(1)).contains("answers now");
  }

  @Test
  void a_database_that_does_not_exist_is_not_waited_for() {
    assertThatThrownBy(() -> check(TestDatabases.url("nothing"), () -> {}).awaitUsable(MINUTE))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("database \"nothing\" does not exist")
        .hasMessageNotContaining("Location")
        .hasMessageNotContaining("\n");
    assertThat(nanos.get()).isZero();
  }

  @Test
  void a_user_who_is_not_known_is_not_waited_for() {
    assertThatThrownBy(
            () ->
                check(
                        TestDatabases.url("postgres").replace("user=postgres", "user=stranger"),
                        () -> {})
                    .awaitUsable(MINUTE))
        .hasMessageContaining("role \"stranger\" does not exist")
        .hasMessageContaining("QUARKUS_DATASOURCE_USERNAME");
    assertThat(nanos.get()).isZero();
  }

  @Test
  void an_encoding_other_than_utf_8_is_named_with_what_to_do() {
    databases.addAll(List.of("latin", "ascii"));
    run(
        "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
        "CREATE DATABASE ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");

    assertThatThrownBy(() -> check(TestDatabases.url("latin"), () -> {}).awaitUsable(MINUTE))
        .hasMessageContaining("encoding LATIN1")
        .hasMessageContaining("CREATE DATABASE latin_utf8 ENCODING 'UTF8' TEMPLATE template0");
    assertThatThrownBy(() -> check(TestDatabases.url("ascii"), () -> {}).awaitUsable(MINUTE))
        .hasMessageContaining("encoding SQL_ASCII");
  }

  @Test
  void tables_of_an_unreleased_version_are_refused_with_what_to_do() throws SQLException {
    databases.add("unreleased");
    run("CREATE DATABASE unreleased");
    in(
        "unreleased",
        "CREATE SCHEMA own",
        "ALTER DATABASE unreleased SET search_path = own",
        "CREATE TABLE own.flyway_schema_history (version text, script text)",
        "INSERT INTO own.flyway_schema_history VALUES"
            + " ('1', 'V1__create_jobs_items_tracking_and_the_ledger_of_calls.sql'), ('2', 'V2__x.sql')");

    assertThatThrownBy(() -> check(TestDatabases.url("unreleased"), () -> {}).awaitUsable(MINUTE))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("/unreleased holds tables of an unreleased version of Burnish")
        .hasMessageContaining("QUARKUS_DATASOURCE_JDBC_URL")
        .hasMessageContaining("DROP SCHEMA own CASCADE; CREATE SCHEMA own")
        .hasMessageNotContaining("\n");
    assertThat(nanos.get()).isZero();
  }

  @Test
  void the_directory_of_the_embedded_server_is_named_when_its_data_are_of_an_unreleased_version()
      throws SQLException {
    databases.add("embedded");
    run("CREATE DATABASE embedded");
    in(
        "embedded",
        "CREATE TABLE flyway_schema_history (version text, script text)",
        "INSERT INTO flyway_schema_history VALUES ('1', 'V1__other.sql')");

    assertThatThrownBy(
            () ->
                StartupCheck.ofEmbedded(
                        Login.of(TestDatabases.url("embedded"), null, null),
                        Path.of("/some/where"),
                        warnings::add)
                    .awaitUsable(MINUTE))
        .hasMessageContaining("The data in /some/where were stored by an unreleased version")
        .hasMessageContaining("BURNISH_DATABASE_DIRECTORY");
  }

  @Test
  void tables_of_this_version_are_accepted() {
    databases.add("released");
    run("CREATE DATABASE released");
    String url = TestDatabases.url("released");
    Flyway.configure().dataSource(url, "postgres", "").load().migrate();

    check(url, () -> {}).awaitUsable(MINUTE);

    assertThat(nanos.get()).isZero();
  }

  /** The packaged application records the script so. */
  @Test
  void tables_of_this_version_are_accepted_when_the_script_is_recorded_with_its_directory()
      throws SQLException {
    databases.add("packaged");
    run("CREATE DATABASE packaged");
    in(
        "packaged",
        "CREATE TABLE flyway_schema_history (version text, script text)",
        "INSERT INTO flyway_schema_history VALUES ('1', 'db/migration/%s')"
            .formatted(UnreleasedSchema.FIRST_MIGRATION));

    check(TestDatabases.url("packaged"), () -> {}).awaitUsable(MINUTE);

    assertThat(nanos.get()).isZero();
  }

  @Test
  void an_address_of_another_kind_is_refused() {
    assertThatThrownBy(() -> check("jdbc:mysql://localhost/x", () -> {}).awaitUsable(MINUTE))
        .hasMessageContaining("must begin with jdbc:postgresql:");
  }

  private StartupCheck check(String url, Runnable whileAsleep) {
    return new StartupCheck(
        Login.of(url, null, null),
        null,
        warnings::add,
        new Clock(
            nanos::get,
            time -> {
              nanos.addAndGet(time.toNanos());
              whileAsleep.run();
            }));
  }

  private static void run(String... statements) {
    try (Connection connection = DriverManager.getConnection(TestDatabases.url("postgres"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void in(String database, String... statements) {
    try (Connection connection = DriverManager.getConnection(TestDatabases.url(database));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
