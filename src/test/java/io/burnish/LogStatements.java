package io.burnish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The WARN and ERROR lines of the service, as its sources have them. */
final class LogStatements {

  private static final Path SOURCES = Path.of("src/main/java/io/burnish");

  /** Calls that write such a line, and their level; Startup logs what its parts hand over. */
  private static final Map<Pattern, String> CALLS =
      Map.of(
          Pattern.compile("\\b(?:LOG|log)\\s*\\.\\s*warn[fv]?\\("), "WARN",
          Pattern.compile("\\b(?:LOG|log)\\s*\\.\\s*error[fv]?\\("), "ERROR",
          Pattern.compile("\\b(?:warnings|messages)\\s*\\.\\s*accept\\("), "WARN",
          Pattern.compile("\\blost\\s*\\.\\s*accept\\("), "ERROR",
          Pattern.compile("\\bonce\\("), "WARN");

  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern PLACEHOLDER = Pattern.compile("%[-#+ 0,(]*\\d*(?:\\.\\d+)?[a-zA-Z]");

  private LogStatements() {}

  /**
   * A line that the service may log.
   *
   * @param level WARN, ERROR, or both
   * @param place the class that logs it, with its package below {@code io.burnish}
   * @param message with {@code …} for each value
   */
  record Line(String level, String place, String message) {

    String key() {
      return place + " | " + message;
    }
  }

  /** All lines, by class and message. */
  static List<Line> all() {
    Map<String, TreeSet<String>> levels = new TreeMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file ->
                  of(file)
                      .forEach(
                          line ->
                              levels
                                  .computeIfAbsent(line.key(), key -> new TreeSet<>())
                                  .add(line.level())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return levels.entrySet().stream()
        .map(
            entry -> {
              String[] key = entry.getKey().split(" \\| ", 2);
              return new Line(String.join(", ", entry.getValue()), key[0], key[1]);
            })
        .toList();
  }

  private static List<Line> of(Path file) {
    String source = read(file);
    String place =
        SOURCES.relativize(file).toString().replaceFirst("\\.java$", "").replace('/', '.');
    List<Line> lines = new ArrayList<>();
    boolean allNamed = true;
    for (var call : CALLS.entrySet()) {
      for (MatchResult found : call.getKey().matcher(source).results().toList()) {
        Optional<String> message = message(arguments(source, found));
        message.ifPresent(text -> lines.add(new Line(call.getValue(), place, text)));
        allNamed &= message.isPresent();
      }
    }
    if (!allNamed && lines.isEmpty()) {
      throw new IllegalStateException(
          place + " logs a message that is no literal: name it in the call, or extend CALLS");
    }
    return lines;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The top-level arguments of a call. */
  private static List<String> arguments(String source, MatchResult call) {
    return split(source, call.end(), ',');
  }

  /**
   * Splits an expression at a character that is in no string and no brackets of its own, until the
   * bracket that is open at its beginning is closed.
   */
  private static List<String> split(String source, int from, char at) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int begin = from;
    Matcher string = STRING.matcher(source);
    for (int i = from; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '"' && string.find(i) && string.start() == i) {
        i = string.end() - 1;
      } else if (c == '(' || c == '{' || c == '[') {
        depth++;
      } else if (c == ')' || c == '}' || c == ']') {
        depth--;
        if (depth < 0) {
          parts.add(source.substring(begin, i));
          return parts;
        }
      } else if (c == at && depth == 0) {
        parts.add(source.substring(begin, i));
        begin = i + 1;
      }
    }
    parts.add(source.substring(begin));
    return parts;
  }

  /** The message; empty where the call is handed one that another call in the class names. */
  private static Optional<String> message(List<String> arguments) {
    return arguments.stream()
        .map(String::strip)
        .map(LogStatements::template)
        .filter(template -> template.matches(".*[a-z]{2}.*"))
        .max(Comparator.comparingInt(String::length));
  }

  /** Each part of a sum: its characters when it begins with a string, else a placeholder. */
  private static String template(String expression) {
    return split(expression, 0, '+').stream()
        .map(String::strip)
        .map(
            part -> {
              Matcher string = STRING.matcher(part);
              return string.lookingAt() ? placeholders(string.group(1)) : "…";
            })
        .collect(Collectors.joining());
  }

  private static String placeholders(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll("…")
        .replace("%%", "%")
        .replace("\\\"", "\"")
        .replace("\\n", " ");
  }
}
