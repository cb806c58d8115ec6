package io.burnish.intake;

import io.burnish.directory.DataDirectory;
import io.burnish.directory.DataDirectory.Input;
import io.burnish.directory.DataDirectory.InputFile;
import io.burnish.directory.FileErrors;
import io.burnish.directory.RefusedDirectoryException;
import io.burnish.intake.Intake.Upload;
import io.burnish.intake.body.IntakeConfig;
import io.burnish.intake.body.SpooledBody;
import io.burnish.record.DataFileNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies the input files of a data directory to the spool directory, as if they were uploaded: what
 * changes in the directory while the job is stored does not matter. Thread-safe.
 */
final class DirectoryFiles {

  private static final int BUFFER = 64 * 1024;

  private final DataDirectory directories;
  private final IntakeConfig limits;

  DirectoryFiles(DataDirectory directories, IntakeConfig limits) {
    this.directories = directories;
    this.limits = limits;
  }

  /**
   * The files of a directory.
   *
   * @param path of the directory below the root
   * @param files one for each file, in the order of their names
   */
  record Copied(String path, List<CopiedFile> files) {}

  /**
   * A file, or why it can't be read.
   *
   * @param upload its copy; its body is empty when it can't be read
   * @param error as a sentence; empty when it was read
   */
  record CopiedFile(Upload upload, String error) {}

  /**
   * Copies the files.
   *
   * @param posted path below the root
   * @param within paths that it must be at or below; null: any
   * @param spool creates the one file that takes all of them, and closes it after the request
   * @throws RefusedDirectoryException when the directory can't be used, or is too large
   */
  Copied copy(String posted, @Nullable List<String> within, Supplier<SpooledBody> spool) {
    Input input = directories.input(posted, within, limits.maxFiles());
    // Refused before the disk is filled. The sizes may grow until they are copied.
    requireSize(input.files().stream().mapToLong(InputFile::size).sum());
    SpooledBody all = spool.get();
    List<CopiedFile> files = new ArrayList<>();
    for (InputFile file : input.files()) {
      long from = all.size();
      String error = append(file, all);
      long size = error.isEmpty() ? all.size() - from : 0;
      files.add(
          new CopiedFile(
              new Upload(file.name(), DataFileNames.isLines(file.name()), all.slice(from, size)),
              error));
    }
    return new Copied(input.path(), files);
  }

  private String append(InputFile file, SpooledBody all) {
    try (InputStream in = file.open()) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        requireSize(all.size() + read);
        all.write(ByteBuffer.wrap(buffer, 0, read));
      }
      return "";
    } catch (IOException e) {
      return "the file can't be read: " + FileErrors.reason(e);
    }
  }

  private void requireSize(long bytes) {
    long most = limits.maxBody().asLongValue();
    if (bytes > most) {
      throw new TooLargeDirectoryException(most);
    }
  }

  /** The files of a directory are larger than a body may be. */
  static final class TooLargeDirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooLargeDirectoryException(long most) {
      super(
          "its input files have more than %,d bytes: post the directories below it one by one, or raise burnish.intake.max-body"
              .formatted(most));
    }
  }
}
