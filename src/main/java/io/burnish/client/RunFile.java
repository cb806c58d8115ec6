package io.burnish.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
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
   * What the file holds.
   *
   * @param process the local service, while one runs; null: none
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
   * A process of the system; the id alone may belong to another one by now.
   *
   * @param started milliseconds since 1970
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record ServiceProcess(long pid, long started) {}

  Path path() {
    return directory.resolve("run.json");
  }

  /** What is there; nothing, when there is no file, or it is damaged or can't be read. */
  Content read() {
    try {
      return MAPPER.readValue(Files.readString(path()), Content.class);
    } catch (IOException e) {
      // A directory that can't be used is found by who must write to it.
      return new Content(null, List.of());
    }
  }

  /**
   * Changes the file, as a whole. It is removed when nothing is left in it.
   *
   * @throws ClientException when the directory can't be written to
   */
  void update(UnaryOperator<Content> change) {
    try {
      create();
      // Closing the channel gives the lock back.
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
   * The right to run a local service on this directory, held until the process ends; empty when
   * another client has it.
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

  /** For its owner only: the database of the local service is below it. */
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
        "%s can't be written to; set BURNISH_STATE to a directory of yours".formatted(directory),
        e);
  }
}
