import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packaged service with a database of its own, in a directory of its own, with a heap of 256
 * MB.
 */
final class Service implements AutoCloseable {

  private static final Pattern LISTENING =
      Pattern.compile("Listening on: http://127\\.0\\.0\\.1:(\\d+)");
  private static final int SECONDS_TO_START = 180;

  private final Path directory;
  private final Process process;
  private final int port;

  private Service(Path directory, Process process, int port) {
    this.directory = directory;
    this.process = process;
    this.port = port;
  }

  /** Starts it, and waits until it listens. */
  static Service start(Path directory) throws IOException, InterruptedException {
    Path intake = Files.createDirectories(directory.resolve("intake"));
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    Path log = directory.resolve("service.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString()));
    builder.directory(directory.toFile());
    builder.environment().put("BURNISH_PROVIDER", "simulated");
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0");
    builder.environment().put("BURNISH_AUTH", "none");
    builder
        .environment()
        .put("BURNISH_DATABASE_DIRECTORY", directory.resolve("database").toString());
    builder.environment().put("BURNISH_INTAKE_DIRECTORY", intake.toString());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    for (int i = 0; i < SECONDS_TO_START * 10 && process.isAlive(); i++) {
      Matcher matcher = LISTENING.matcher(read(log));
      if (matcher.find()) {
        return new Service(directory, process, Integer.parseInt(matcher.group(1)));
      }
      Thread.sleep(100);
    }
    process.destroy();
    throw new IOException("the service does not start:\n" + read(log));
  }

  Wire wire() {
    return new Wire(port);
  }

  /** All it has logged, each byte that is no UTF-8 as U+FFFD. */
  String log() {
    return read(directory.resolve("service.log"));
  }

  /**
   * Memory that is resident, in MB, the database not counted; -1 where the system does not tell.
   */
  long residentMegabytes() {
    try {
      Matcher matcher =
          Pattern.compile("VmRSS:\\s+(\\d+) kB")
              .matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
      return matcher.find() ? Long.parseLong(matcher.group(1)) / 1024 : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  /** Files that lie where bodies do, the mark of a service in use aside. */
  List<String> bodies() {
    try (Stream<Path> files = Files.walk(directory.resolve("intake"))) {
      return new ArrayList<>(
          files
              .filter(Files::isRegularFile)
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.endsWith(".in-use"))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  private static String read(Path log) {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
