package io.burnish.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.burnish.fixtures.Directories;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresqlTest {

  /** Made once: to unpack PostgreSQL and to make its data takes seconds. */
  @TempDir static Path made;

  @TempDir static Path madeByFirstVersion;

  @TempDir Path directory;

  @BeforeAll
  static void make_data() throws Exception {
    EmbeddedPostgresql.start(made).close();
    makeAsFirstVersion(madeByFirstVersion);
  }

  @Test
  void a_killed_server_is_restarted_on_its_data_and_port() throws Exception {
    List<String> messages = new CopyOnWriteArrayList<>();
    List<String> lost = new CopyOnWriteArrayList<>();
    Directories.copy(made, directory);
    try (EmbeddedPostgresql server = EmbeddedPostgresql.start(directory)) {
      server.watch(messages::add, lost::add);
      run(server, "CREATE TABLE kept AS SELECT 1 AS one");

      postmaster().destroyForcibly();

      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> messages.stream().anyMatch(line -> line.contains("was restarted")));
      assertThat(number(server, "SELECT one FROM kept")).isEqualTo(1);
      assertThat(lost).isEmpty();
    }
  }

  @Tag("slow")
  @Test
  void a_stale_pid_file_that_names_another_process_stops_none() throws Exception {
    Directories.copy(made, directory);
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      writePidFile(stranger.pid());

      EmbeddedPostgresql.start(directory).close();

      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Tag("slow")
  @Test
  void a_stale_pid_file_that_names_another_postgresql_stops_none(@TempDir Path elsewhere)
      throws Exception {
    Directories.copy(made, directory);
    Directories.copy(made, elsewhere);
    try (EmbeddedPostgresql other = EmbeddedPostgresql.start(elsewhere)) {
      writePidFile(postmaster(elsewhere).pid());

      EmbeddedPostgresql.start(directory).close();

      assertThat(other.isAlive()).isTrue();
      assertThat(number(other, "SELECT 1")).isEqualTo(1);
    }
  }

  @Tag("slow")
  @Test
  void a_truncated_pid_file_does_not_prevent_a_start() throws Exception {
    Directories.copy(made, directory);
    Files.writeString(directory.resolve("data/postmaster.pid"), "");

    try (EmbeddedPostgresql server = EmbeddedPostgresql.start(directory)) {
      assertThat(number(server, "SELECT 1")).isEqualTo(1);
    }
  }

  @Test
  void a_start_that_is_killed_while_it_creates_the_data_leaves_none() throws Exception {
    Directories.copy(made.resolve("server"), directory.resolve("server"));
    Process killed = start(directory);
    await().atMost(Duration.ofMinutes(1)).until(() -> dataFiles() > 10);
    killed.destroyForcibly().waitFor();

    for (int start = 0; start < 2; start++) {
      try (EmbeddedPostgresql server = EmbeddedPostgresql.start(directory)) {
        assertThat(number(server, "SELECT 1")).isEqualTo(1);
      }
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("data", "lock", "password", "postgresql.log", "server");
    }
  }

  /** A process that starts a server, as {@link LocalServices} does. */
  static final class Starting {
    public static void main(String[] directory) {
      EmbeddedPostgresql.start(Path.of(directory[0]));
    }
  }

  private static Process start(Path directory) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Starting.class.getName(),
            directory.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Files in the directory but for the binaries. */
  private long dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> !file.startsWith(directory.resolve("server"))).count();
    } catch (UncheckedIOException e) {
      return 0; // A file was deleted meanwhile.
    }
  }

  @Tag("slow")
  @Test
  void other_users_cannot_log_in_or_read_the_files() throws Exception {
    try (EmbeddedPostgresql server = EmbeddedPostgresql.start(directory)) {
      assertThat(number(server, "SELECT 1")).isEqualTo(1);
      assertThatThrownBy(
              () -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "postgres"))
          .hasMessageContaining("password authentication failed");
    }
    assertThat(mode("")).isEqualTo("rwx------");
    assertThat(mode("server")).isEqualTo("rwx------");
    assertThat(mode("data")).isEqualTo("rwx------");
    assertThat(mode("password")).isEqualTo("rw-------");
  }

  @Tag("slow")
  @Test
  void data_of_a_version_without_passwords_are_migrated() throws Exception {
    Directories.copy(madeByFirstVersion, directory);

    for (int start = 0; start < 2; start++) {
      try (EmbeddedPostgresql server = EmbeddedPostgresql.start(directory)) {
        assertThat(number(server, "SELECT one FROM kept")).isEqualTo(1);
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), "postgres", "x"))
            .hasMessageContaining("password authentication failed");
      }
    }
  }

  @Test
  void a_lost_password_file_is_created_again() throws Exception {
    Directories.copy(madeByFirstVersion, directory);
    EmbeddedPostgresql.start(directory).close();
    Files.delete(directory.resolve("password"));

    try (EmbeddedPostgresql server = EmbeddedPostgresql.start(directory)) {
      assertThat(number(server, "SELECT one FROM kept")).isEqualTo(1);
    }
  }

  /** As the first version made them: any local user is the superuser. */
  private static void makeAsFirstVersion(Path directory) throws Exception {
    try (EmbeddedPostgres old =
            EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("server").toFile())
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
        Connection connection = old.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept AS SELECT 1 AS one");
    }
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
  }

  private void writePidFile(long pid) throws IOException {
    Path data = directory.resolve("data");
    Files.writeString(
        data.resolve("postmaster.pid"),
        "%d\n%s\n%d\n5432\n/tmp\nlocalhost\n\n".formatted(pid, data, 1_000_000_000));
  }

  private ProcessHandle postmaster() throws IOException {
    return postmaster(directory);
  }

  private static ProcessHandle postmaster(Path directory) throws IOException {
    return Postmaster.of(directory.resolve("data")).orElseThrow().process();
  }

  private static void run(EmbeddedPostgresql server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int number(EmbeddedPostgresql server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Connection connect(EmbeddedPostgresql server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
  }
}
