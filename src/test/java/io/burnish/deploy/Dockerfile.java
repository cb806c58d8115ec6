package io.burnish.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The instructions of the Dockerfile, in order, continued lines joined, comments left out.
 *
 * @param instructions the first word of each names it
 */
record Dockerfile(List<String> instructions) {

  private static final Path FILE = Path.of("src/main/docker/Dockerfile.jvm");

  /** The one in the sources. */
  static Dockerfile read() {
    try {
      String text =
          Files.readString(FILE).replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", "");
      return new Dockerfile(text.lines().filter(line -> !line.isBlank()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What comes after an instruction's name, each time it is there. */
  List<String> all(String name) {
    return instructions.stream()
        .filter(instruction -> instruction.startsWith(name + " "))
        .map(instruction -> instruction.substring(name.length() + 1).strip())
        .toList();
  }

  /** What comes after the last instruction of a name: the one that counts. */
  String last(String name) {
    List<String> all = all(name);
    if (all.isEmpty()) {
      throw new AssertionError("the Dockerfile has no " + name);
    }
    return all.get(all.size() - 1);
  }
}
