package io.burnish.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.database.StartupCheck.Clock;
import io.burnish.database.StartupCheck.Login;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
    check(TestDatabases.url("postgres"), () -> {}).untilUsable(MINUTE);

    assertThat(nanos.get()).isZero();
    assertThat(warnings).isEmpty();
  }

  @Test
  void one_that_refuses_connections_is_waited_for_with_a_line_every_five_seconds()
      throws IOException {
    String url =
        "jdbc:postgresql://localhost:%d/burnish?user=me&password=secret".formatted(freePort());

    assertThatThrownBy(() -> check(url, () -> {}).untilUsable(MINUTE))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("still away after 60 s (burnish.database.wait-at-start)")
        .hasMessageContaining("refused")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("\n");
    assertThat(Duration.ofNanos(nanos.get())).isEqualTo(MINUTE);
    assertThat(warnings)
        .hasSize(12)
        .allSatisfy(line -> assertThat(line).contains("/burnish is away").doesNotContain("secret"));
    assertThat(warnings.get(1)).contains("55 s at most");
  }

  @Test
  void one_whose_name_is_not_known_yet_is_waited_for() {
    assertThatThrownBy(
            () ->
                check("jdbc:postgresql://nowhere.invalid:5432/burnish", () -> {})
                    .untilUsable(Duration.ofSeconds(10)))
        .hasMessageContaining("still away after 10 s")
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
        .untilUsable(MINUTE);

    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains("it is read-only");
    assertThat(warnings.get(1)).contains("answers now");
  }

  @Test
  void a_database_that_does_not_exist_is_not_waited_for() {
    assertThatThrownBy(() -> check(TestDatabases.url("nothing"), () -> {}).untilUsable(MINUTE))
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
                    .untilUsable(MINUTE))
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

    assertThatThrownBy(() -> check(TestDatabases.url("latin"), () -> {}).untilUsable(MINUTE))
        .hasMessageContaining("encoding LATIN1")
        .hasMessageContaining("CREATE DATABASE latin_utf8 ENCODING 'UTF8' TEMPLATE template0");
    assertThatThrownBy(() -> check(TestDatabases.url("ascii"), () -> {}).untilUsable(MINUTE))
        .hasMessageContaining("encoding SQL_ASCII");
  }

  @Test
  void an_address_of_another_kind_is_refused() {
    assertThatThrownBy(() -> check("jdbc:mysql://localhost/x", () -> {}).untilUsable(MINUTE))
        .hasMessageContaining("must begin with jdbc:postgresql:");
  }

  private StartupCheck check(String url, Runnable whileAsleep) {
    return new StartupCheck(
        Login.of(url, null, null),
        warnings::add,
        new Clock(
            nanos::get,
            time -> {
              nanos.addAndGet(time.toNanos());
              whileAsleep.run();
            }));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
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
}
