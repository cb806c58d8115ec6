package io.burnish.client.settings;

import io.burnish.client.console.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a run, from options and environment; an empty variable counts as unset.
 *
 * @param enhance whether models are called ({@code build.sh 2}); else records are stored ({@code
 *     build.sh 1})
 * @param data the directory with the files, absolute and without links
 * @param reset whether to delete all tracking first
 * @param retryFailed whether to send failed records again
 * @param trackingState state file of the old script to import first; null: none
 * @param exportState file for the state at the end, in the old format; null: none
 * @param caFile certificates to trust besides Java's, as PEM; null: none
 * @param logLevel of the local service
 * @param service address of a running service; null: a local one is started
 * @param state directory of what the client and the local service keep between runs
 * @param home the repository
 * @param choices what is asked for of the jobs
 */
public record Settings(
    boolean enhance,
    Path data,
    boolean reset,
    boolean retryFailed,
    @Nullable Path trackingState,
    @Nullable Path exportState,
    @Nullable Path caFile,
    String logLevel,
    @Nullable ServiceAddress service,
    Path state,
    Path home,
    JobChoices choices) {

  private static final List<String> LOG_LEVELS = List.of("DEBUG", "INFO", "WARNING", "ERROR");

  /**
   * Reads the settings of a command.
   *
   * @throws ClientException if they are invalid
   */
  public static Settings of(Options options, Map<String, String> environment, Path home) {
    boolean enhance = options.action.equals("2");
    String level =
        options.logLevel == null
            ? variable(environment, "LOG_LEVEL").orElse("INFO")
            : options.logLevel;
    if (!LOG_LEVELS.contains(level)) {
      throw new ClientException(
          "the log level is %s; it must be DEBUG, INFO, WARNING or ERROR".formatted(level));
    }
    if (options.trackingState != null && !enhance) {
      throw new ClientException(
          "--tracking-state goes with ./build.sh 2: nothing is sent by ./build.sh 1");
    }
    Path trackingState = readable("--tracking-state", options.trackingState);
    String data =
        options.dataDir == null
            ? variable(environment, "DISCOUNT_DATA_DIR")
                .orElse(home.resolve("examples/discounts").toString())
            : options.dataDir;
    return new Settings(
        enhance,
        directory(data),
        options.resetTracking || "true".equals(environment.get("RESET_GROQ_TRACKING")),
        options.retryFailed,
        trackingState,
        writable(options.exportState),
        caFile(options, environment),
        level,
        ServiceAddress.named(environment).orElse(null),
        variable(environment, "BURNISH_STATE")
            .map(Path::of)
            .orElse(home.resolve(".burnish"))
            .toAbsolutePath(),
        home,
        JobChoices.of(options, environment));
  }

  /** Certificates to trust; null: none. */
  public static @Nullable Path caFile(Options options, Map<String, String> environment) {
    return readable(
        "--ca-file",
        options.caFile == null
            ? variable(environment, "BURNISH_CA_FILE").orElse(null)
            : options.caFile);
  }

  /** A variable that is set and not blank. */
  public static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static @Nullable Path readable(String option, @Nullable String file) {
    if (file == null) {
      return null;
    }
    Path path = Path.of(file);
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new ClientException(
          "there is no file %s to read; name one with %s".formatted(file, option));
    }
    return path.toAbsolutePath();
  }

  /** Checked before anything is sent, because the run may take hours. */
  private static @Nullable Path writable(@Nullable String file) {
    if (file == null) {
      return null;
    }
    Path path = Path.of(file).toAbsolutePath();
    if (Files.isDirectory(path)
        || path.getParent() == null
        || !Files.isWritable(path.getParent())) {
      throw new ClientException(
          "%s can't be written; name a file with --export-state, in a directory that can be written to"
              .formatted(file));
    }
    return path;
  }

  private static Path directory(String name) {
    Path directory = Path.of(name);
    if (name.isEmpty() || !Files.isDirectory(directory)) {
      throw new ClientException(
          "there is no directory %s; name one with --data-dir".formatted(name));
    }
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw new ClientException(
          "%s can't be entered; name a directory with --data-dir".formatted(name), e);
    }
  }
}
