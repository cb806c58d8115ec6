package io.burnish.directory;

import io.burnish.directory.DataDirectory.InputFile;
import io.burnish.record.DataFileNames;
import io.burnish.record.Excerpt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the input files below a directory. What Burnish writes and what is hidden is left out. A
 * link to a file below the root is read as that file; a link to a directory below the root is left
 * out, because its files are found where they are; a link that leaves the root is refused.
 */
final class DirectoryWalk extends SimpleFileVisitor<Path> {

  /** Most files and directories that are looked at. */
  private static final int MOST_ENTRIES = 1_000_000;

  /** Maximum bytes of a file name, in the file systems of Linux and macOS. */
  private static final int LONGEST_NAME = 255;

  private final Path root;
  private final Path directory;
  private final int most;
  private final List<InputFile> found = new ArrayList<>();
  private int entries;

  /**
   * @param root real; no link may leave it
   * @param directory real, below the root
   * @param most files at most
   */
  DirectoryWalk(Path root, Path directory, int most) {
    this.root = root;
    this.directory = directory;
    this.most = most;
  }

  /**
   * The files, in the order of their names.
   *
   * @throws RefusedDirectoryException when a directory can't be read, a link leaves the root, or
   *     there are too many files
   */
  List<InputFile> files() {
    try {
      Files.walkFileTree(directory, this);
    } catch (IOException e) {
      throw new RefusedDirectoryException(
          "the directory can't be read to its end: %s".formatted(FileErrors.reason(e)));
    }
    found.sort(Comparator.comparing(InputFile::name));
    return List.copyOf(found);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
    count();
    return !visited.equals(directory) && isHidden(visited)
        ? FileVisitResult.SKIP_SUBTREE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    count();
    if (isHidden(file)) {
      return FileVisitResult.CONTINUE;
    }
    if (attributes.isSymbolicLink()) {
      visitLink(file);
    } else if (attributes.isRegularFile() && isInput(file)) {
      add(file, file, attributes.size());
    }
    return FileVisitResult.CONTINUE;
  }

  /** A directory that can't be read: its files would be left out silently. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    throw new RefusedDirectoryException(
        "%s can't be read: %s. Nothing was stored, because its files would be missing"
            .formatted(shown(file), FileErrors.reason(e)));
  }

  private void visitLink(Path link) {
    try {
      Path target = link.toRealPath();
      boolean isDirectory = Files.isDirectory(target);
      if (!isDirectory && !isInput(link)) {
        return;
      }
      if (!target.startsWith(root)) {
        throw new RefusedDirectoryException(
            "%s is a symbolic link that leaves DISCOUNT_DATA_DIR, or the directories of this key: remove it, or copy what it points to"
                .formatted(shown(link)));
      }
      if (Files.isRegularFile(target)) {
        add(link, target, Files.size(target));
      }
    } catch (IOException e) {
      if (isInput(link)) {
        throw new RefusedDirectoryException(
            "%s is a symbolic link that can't be followed: %s. Repair or remove it"
                .formatted(shown(link), FileErrors.reason(e)));
      }
    }
  }

  private void add(Path path, Path target, long size) {
    if (found.size() == most) {
      throw new RefusedDirectoryException(
          "it has more than %,d input files: post the directories below it one by one, or raise burnish.intake.max-files"
              .formatted(most));
    }
    String enhanced = DataFileNames.enhanced(path.getFileName().toString());
    if (enhanced.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw new RefusedDirectoryException(
          "%s has a name too long for enhanced_ before it, under which its results are written: rename it"
              .formatted(shown(path)));
    }
    found.add(new InputFile(DataDirectory.name(directory, path), target, size));
  }

  private void count() {
    if (++entries > MOST_ENTRIES) {
      throw new RefusedDirectoryException(
          "it has more than %,d entries: name a directory that has less beside its input"
              .formatted(MOST_ENTRIES));
    }
  }

  private static boolean isInput(Path file) {
    String name = file.getFileName().toString();
    return DataFileNames.isData(name) && !DataFileNames.isOutput(name);
  }

  private static boolean isHidden(Path path) {
    return path.getFileName() != null && path.getFileName().toString().startsWith(".");
  }

  private String shown(Path path) {
    return "\"" + Excerpt.of(DataDirectory.name(directory, path)) + "\"";
  }
}
