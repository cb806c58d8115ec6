package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Backups of a server that is at work. */
final class Backups {

  /** Of the running server only. Source: PostgreSQL manual, "Backing Up the Data Directory". */
  private static final Set<String> NOT_COPIED = Set.of("postmaster.pid", "postmaster.opts");

  private static final String WRITE_AHEAD_LOG = "pg_wal";
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

  private Backups() {}

  /** The server's version, such as 18. */
  static int version(Database server) {
    return (int)
        server.number("postgres", "SELECT current_setting('server_version_num')::int / 10000");
  }

  /** The version of pg_dump on the path; 0 when there is none. */
  static int versionOfDump() throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder("pg_dump", "--version").start();
      Matcher matcher = VERSION.matcher(new String(process.getInputStream().readAllBytes()));
      return process.waitFor() == 0 && matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Dumps the database with pg_dump. */
  static void dump(Tables tables, Path file) throws IOException, InterruptedException {
    run(tables.server(), "pg_dump", "-Fc", "-f", file.toString(), tables.database());
  }

  /** Restores a dump into an empty database with pg_restore. */
  static void restore(Path file, Tables tables) throws IOException, InterruptedException {
    run(tables.server(), "pg_restore", "--exit-on-error", "-d", tables.database(), file.toString());
  }

  private static void run(Database server, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                program,
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(server.port()),
                "-U",
                "postgres"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", "postgres");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }

  /**
   * Copies the data of a whole server while it writes, as pg_basebackup does. Needs PostgreSQL 15.
   * Source: PostgreSQL manual, "Making a Base Backup Using the Low Level API".
   *
   * @param source data directory of the server
   * @param target is created; a server that starts on it recovers to the end of the backup
   */
  static void base(Database server, Path source, Path target) throws IOException, SQLException {
    Files.createDirectory(
        target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    // The backup belongs to the session that began it.
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_backup_start('crash suite', fast => true)");
      copy(source, target, source.resolve(WRITE_AHEAD_LOG));
      try (ResultSet row =
          statement.executeQuery(
              "SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)")) {
        row.next();
        Files.writeString(target.resolve("backup_label"), row.getString(1));
      }
    }
    // After the end of the backup: the log has all that the files lack.
    copy(source.resolve(WRITE_AHEAD_LOG), target.resolve(WRITE_AHEAD_LOG), Path.of(""));
  }

  private static void copy(Path source, Path target, Path leftOut) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            if (directory.equals(leftOut)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(target.resolve(source.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!NOT_COPIED.contains(file.getFileName().toString())) {
              copyIfThere(file, target.resolve(source.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
  }

  /** The server removes files meanwhile; the log has what that means. */
  private static void copyIfThere(Path file, Path target) throws IOException {
    try {
      Files.copy(file, target);
    } catch (NoSuchFileException e) {
      Files.deleteIfExists(target);
    }
  }
}
