package io.burnish.client.run;

import io.burnish.client.console.ClientException;
import io.burnish.client.console.Console;
import io.burnish.client.http.DataFile;
import io.burnish.client.settings.Settings;
import io.burnish.record.DataFileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files below a data directory that a run sends, in byte order of their paths, so that two runs
 * over the same files send the same body.
 *
 * @param sent the files to send
 * @param leftOut names of data files that are not sent, because only {@code *.json} is
 */
record DataFiles(List<DataFile> sent, List<String> leftOut) {

  private static final int SHOWN = 20;

  /** Maximum bytes of a file name, in the file systems of Linux and macOS. */
  private static final int MAX_NAME_BYTES = 255;

  /** What {@code .enhanced_<name>.part}, the longest name that is written, adds to a name. */
  private static final int ADDED = ".enhanced_.part".length();

  /**
   * Finds the files: regular files, and links to such.
   *
   * @throws ClientException if there are none, or a directory can't be read
   */
  static DataFiles below(Settings settings) {
    List<DataFile> sent = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (Path path : allBelow(settings.data())) {
      String name = path.getFileName().toString();
      if (isSame(path, settings.trackingState())
          || isSame(path, settings.exportState())
          || isSame(path, new RunFile(settings.state()).path())) {
        continue;
      }
      DataFile file = new DataFile(path, settings.data().relativize(path).toString());
      if (name.endsWith(".json")) {
        boolean wanted =
            settings.enhance() ? !DataFileNames.isOutput(name) : DataFileNames.isEnhanced(name);
        if (wanted) {
          sent.add(file);
        }
      } else if (DataFileNames.isData(name)) {
        leftOut.add(file.name());
      }
    }
    if (sent.isEmpty()) {
      throw new ClientException(
          settings.enhance()
              ? "no *.json below %s".formatted(settings.data())
              : "no enhanced_*.json below %s; run ./build.sh 2 first".formatted(settings.data()));
    }
    return new DataFiles(sent, settings.enhance() ? leftOut : List.of());
  }

  private static List<Path> allBelow(Path directory) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()
                  || (attributes.isSymbolicLink()
                      && (!Files.exists(file) || Files.isRegularFile(file)))) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new ClientException(
          "%s can't be read, so files would be left out; nothing was sent"
              .formatted(e.getMessage()),
          e);
    }
    found.sort(null);
    return found;
  }

  private static boolean isSame(Path file, @Nullable Path other) {
    try {
      return other != null
          && Files.exists(file)
          && Files.exists(other)
          && Files.isSameFile(file, other);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Checks files and directories before anything is sent, because a posted job is paid for.
   *
   * @throws ClientException if a file can't be read, or a result could not be written
   */
  void requireUsable(Settings settings, Console console) {
    TreeSet<String> obstacles = new TreeSet<>();
    for (DataFile file : sent) {
      check(file, settings.enhance(), obstacles);
    }
    if (obstacles.isEmpty()) {
      return;
    }
    obstacles.stream().limit(SHOWN).forEach(obstacle -> console.error("  " + obstacle));
    if (obstacles.size() > SHOWN) {
      console.error("  and %d more".formatted(obstacles.size() - SHOWN));
    }
    throw new ClientException("nothing was sent: fix what is listed above");
  }

  private static void check(DataFile file, boolean written, TreeSet<String> obstacles) {
    Path path = file.path();
    if (!Files.isReadable(path)) {
      obstacles.add(path + " can't be read");
    }
    if (!isText(path)) {
      obstacles.add(path + " has a name that is not UTF-8; rename it");
    } else if (written) {
      Path directory = file.directory();
      if (!Files.isWritable(directory)) {
        obstacles.add(directory + " can't be written to");
      }
      for (Path output : List.of(file.enhanced(), file.failed())) {
        if (Files.isDirectory(output)) {
          obstacles.add(output + " is a directory");
        }
      }
      int length = path.getFileName().toString().getBytes(StandardCharsets.UTF_8).length;
      if (length + ADDED > MAX_NAME_BYTES) {
        obstacles.add(
            "%s has a name too long for enhanced_… before it; it may have %d bytes"
                .formatted(path, MAX_NAME_BYTES - ADDED));
      }
    }
  }

  /**
   * Whether the name is valid in the encoding of the file system, so that it can be written again.
   */
  private static boolean isText(Path path) {
    try {
      return Path.of(path.toString()).equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
