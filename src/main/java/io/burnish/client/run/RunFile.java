package io.burnish.client.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.client.console.ClientException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code run.json} below {@code BURNISH_STATE}: what must outlive the client's own death,
 * so that the same command goes on with its jobs and does not pay twice. Several clients may use it
 * at the same time.
 */
final class RunFile {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path directory;

  RunFile(Path directory) {
    this.directory = directory;
  }

  /**
   * The content of the file.
   *
   * @param process the local service while it runs; null: none
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Content(@Nullable ServiceProcess process, List<UnfinishedRun> runs) {

    Content {
      runs = runs == null ? List.of() : List.copyOf(runs);
    }

    Content with(@Nullable ServiceProcess other) {
      return new Content(other, runs);
    }

    /** Without the runs that the condition holds for. */
    Content without(Predicate<UnfinishedRun> condition) {
      return new Content(process, runs.stream().filter(condition.negate()).toList());
    }

    /** With a run, in place of the one with its key. */
    Content with(UnfinishedRun run) {
      List<UnfinishedRun> all = new ArrayList<>(without(of(run)).runs());
      all.add(run);
      return new Content(process, all);
    }

    static Predicate<UnfinishedRun> of(UnfinishedRun run) {
      return other -> run.key() != null && run.key().equals(other.key());
    }
  }

  /**
   * A process; its id alone may belong to another process by now.
   *
   * @param started milliseconds since 1970
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record ServiceProcess(long pid, long started) {}

  Path path() {
    return directory.resolve("run.json");
  }

  /** The content; empty if there is no file, or it is damaged or can't be read. */
  Content read() {
    try {
      return MAPPER.readValue(Files.readString(path()), Content.class);
    } catch (IOException e) {
      // An unusable directory is reported by the next write.
      return new Content(null, List.of());
    }
  }

  /**
   * Replaces the content atomically. The file is removed if nothing is left in it.
   *
   * @throws ClientException if the directory can't be written to
   */
  void update(UnaryOperator<Content> change) {
    try {
      create();
      // Closing the channel releases the lock.
      try (FileChannel channel = open("run.lock")) {
        channel.lock();
        Content content = change.apply(read());
        if (content.process() == null && content.runs().isEmpty()) {
          Files.deleteIfExists(path());
          return;
        }
        Path next = directory.resolve("run.json.next");
        Files.writeString(
            next, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(content));
        Files.move(
            next, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Locks the directory for a local service until the process ends; empty if another client holds
   * the lock.
   */
  Optional<FileLock> claim() {
    try {
      create();
      return Optional.ofNullable(open("lock").tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(
        directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /**
   * Creates the directory for its owner only, because the database of the local service is below
   * it.
   */
  private void create() throws IOException {
    FileAttribute<?>[] ownerOnly =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, ownerOnly);
    }
  }

  private ClientException unusable(IOException e) {
    return new ClientException(
        "%s can't be written to; set BURNISH_STATE to a writable directory".formatted(directory),
        e);
  }
}
