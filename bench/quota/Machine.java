import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Where it was measured, and what.
 *
 * @param date of the run
 * @param commit of the sources, marked when they were changed since
 * @param cores processors that there are
 * @param memory gigabytes; 0 where that is not told
 * @param processor its name
 * @param java version
 */
record Machine(String date, String commit, int cores, long memory, String processor, String java) {

  static Machine here() throws IOException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty")
            .redirectErrorStream(true)
            .start();
    return new Machine(
        LocalDate.now().toString(),
        new String(git.getInputStream().readAllBytes()).strip(),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong("0" + told("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1_000_000,
        told("/proc/cpuinfo", "model name"),
        System.getProperty("java.version"));
  }

  /** The value of a line of one of Linux's files; the architecture where there are none. */
  private static String told(String file, String name) throws IOException {
    Path path = Path.of(file);
    if (Files.exists(path)) {
      for (String line : Files.readAllLines(path)) {
        if (line.startsWith(name)) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    }
    return System.getProperty("os.arch");
  }

  /** For the heading. */
  String sentence() {
    return "%s, commit %s, %d cores (%s), %d GB, Java %s, PostgreSQL embedded, durable"
        .formatted(date, commit, cores, processor, memory, java);
  }
}
