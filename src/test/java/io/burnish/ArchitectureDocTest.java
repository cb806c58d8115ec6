package io.burnish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks docs/architecture.md: each class that it names exists, and its link leads to the file. */
class ArchitectureDocTest {

  private static final Path DOCUMENT = Path.of("docs/architecture.md");
  private static final Pattern LINK =
      Pattern.compile("\\[((?:[a-z]\\w*\\.)*[A-Z]\\w*)]\\(([^)]+\\.java)\\)");
  private static final Pattern PICTURE = Pattern.compile("(?s)```mermaid(.*?)```");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|\\([^)]*\\)");
  private static final Pattern NODE = Pattern.compile("\\b[A-Z][a-z]\\w+\\b");

  static Stream<MatchResult> links() throws IOException {
    return LINK.matcher(Files.readString(DOCUMENT)).results();
  }

  @ParameterizedTest
  @MethodSource("links")
  void a_named_class_exists(MatchResult link) throws Exception {
    String name = "io.burnish." + link.group(1);
    Class<?> named = Class.forName(name, false, getClass().getClassLoader());
    Path file = DOCUMENT.resolveSibling(link.group(2)).normalize();

    assertThat(file).exists();
    assertThat(file.toString()).endsWith(named.getName().replace('.', '/') + ".java");
  }

  @Test
  void the_picture_shows_only_classes_that_the_text_links() throws IOException {
    String picture =
        PICTURE.matcher(Files.readString(DOCUMENT)).results().findFirst().orElseThrow().group(1);
    Set<String> linked =
        links().map(link -> link.group(1).replaceFirst(".*\\.", "")).collect(Collectors.toSet());
    Set<String> nodes =
        NODE.matcher(QUOTED.matcher(picture).replaceAll(""))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());

    assertThat(nodes).isNotEmpty();
    assertThat(linked).containsAll(nodes);
  }

  @Test
  void the_questions_are_answered_with_classes() throws IOException {
    assertThat(
            Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("* **"))
                .filter(line -> LINK.matcher(line).find()))
        .extracting(line -> line.replaceFirst("^\\* \\*\\*(.*?)\\*\\*.*", "$1"))
        .containsExactly(
            "A 429",
            "A duplicate is found",
            "An attempt is charged",
            "A job is cancelled, paused or retried",
            "A budget is kept",
            "Results are written to a data directory",
            "A client waits",
            "An event is counted",
            "A lease is lost");
  }
}
