package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.burnish.fixtures.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The packaged service of an earlier commit: built in a worktree of its own, and kept below {@code
 * target} for the next run.
 */
final class EarlierVersion {

  /** Where Maven was started; the wrapper of the worktree finds its own. */
  private static final List<String> NOT_INHERITED =
      List.of("MAVEN_BASEDIR", "MAVEN_PROJECTBASEDIR", "MAVEN_CMD_LINE_ARGS");

  private final String commit;
  private final Path logs;

  private EarlierVersion(String commit, Path logs) {
    this.commit = commit;
    this.logs = logs;
  }

  /**
   * The directory of the packaged service. Skips the test when the commit is not in this clone.
   *
   * @param commit of this repository
   * @param logs where the output of the build goes
   */
  static Path application(String commit, Path logs) throws IOException, InterruptedException {
    Path built = Path.of("target/earlier", commit, "quarkus-app").toAbsolutePath();
    if (!Files.exists(built.resolve("quarkus-run.jar"))) {
      Files.createDirectories(logs);
      new EarlierVersion(commit, logs.toAbsolutePath()).build(built);
    }
    return built;
  }

  private void build(Path target) throws IOException, InterruptedException {
    Path here = Path.of("").toAbsolutePath();
    assumeTrue(
        run(here, "git", "rev-parse", "--verify", "--quiet", commit + "^{commit}"),
        "commit %s is not in this clone (git fetch --unshallow gets it), or there is no git: %s"
            .formatted(commit, output()));
    Path directory = Files.createTempDirectory("burnish-earlier");
    Path worktree = directory.resolve("burnish");
    try {
      assertThat(run(here, "git", "worktree", "add", "--detach", worktree.toString(), commit))
          .as(output())
          .isTrue();
      assertThat(packaged(worktree, "-o") || packaged(worktree)).as(output()).isTrue();
      Files.createDirectories(target.getParent());
      Directories.copy(worktree.resolve("target/quarkus-app"), target);
    } finally {
      run(here, "git", "worktree", "remove", "--force", worktree.toString());
      Directories.delete(directory);
    }
  }

  private boolean packaged(Path worktree, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./mvnw", "-q", "-DskipTests", "package"));
    command.addAll(List.of(options));
    return run(worktree, command.toArray(String[]::new));
  }

  /** Whether the command ended with status 0; false when it can't be run. */
  private boolean run(Path directory, String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    NOT_INHERITED.forEach(builder.environment()::remove);
    try {
      return builder.start().waitFor() == 0;
    } catch (IOException e) {
      Files.writeString(log(), e + System.lineSeparator());
      return false;
    }
  }

  private Path log() {
    return logs.resolve("build-of-%s.log".formatted(commit));
  }

  private String output() throws IOException {
    return Files.exists(log()) ? Files.readString(log()) : "";
  }
}
