package io.burnish.directory;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is written completely before it gets its name: to a temporary file in the same
 * directory, which is forced to the disk and renamed. Not thread-safe.
 */
final class AtomicFile implements AutoCloseable {

  private static final String PREFIX = ".burnish-";
  private static final String SUFFIX = ".part";

  private final Path target;
  private final Path part;
  private final CheckedDirectory directory;
  private final SeekableByteChannel channel;
  private final OutputStream out;

  /**
   * Creates the temporary file.
   *
   * @param target the file to be written; its directory is real
   * @param distinct differs from that of another process that may write the same target
   */
  AtomicFile(Path target, String distinct) throws IOException {
    this.target = target;
    this.part = Path.of(PREFIX + distinct + SUFFIX);
    this.directory = CheckedDirectory.open(target.getParent());
    try {
      directory.delete(part);
      this.channel = directory.create(part);
    } catch (IOException e) {
      directory.close();
      throw e;
    }
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel));
  }

  /** What is written to the temporary file. */
  OutputStream out() {
    return out;
  }

  /** Completes the temporary file on the disk. */
  void complete() throws IOException {
    out.flush();
    if (channel instanceof FileChannel file) {
      file.force(true);
    }
    channel.close();
  }

  /** Gives the completed file its name, in place of the file that had it. */
  void rename() throws IOException {
    directory.rename(part, target.getFileName());
    force(target.getParent());
  }

  /** Deletes a file, if it is there, so that it is gone after a power failure too. */
  static void delete(Path file) throws IOException {
    try (CheckedDirectory directory = CheckedDirectory.open(file.getParent())) {
      if (directory.delete(file.getFileName())) {
        force(file.getParent());
      }
    }
  }

  /** Removes what processes left that ended while they wrote. */
  static void removeLeftovers(Path directory) throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
      for (Path file : leftovers) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Not every system lets a directory be opened. There, the rename is durable a little later. */
  private static void force(Path directory) {
    try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
      opened.force(true);
    } catch (IOException e) {
      // As above.
    }
  }

  /** Deletes the temporary file, unless it was renamed. */
  @Override
  public void close() throws IOException {
    try (directory) {
      channel.close();
      directory.delete(part);
    }
  }
}
