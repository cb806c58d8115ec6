package io.burnish.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages for operators name what there is. What needs {@code promtool} is skipped without. */
class RunbookTest {

  private static final String OPERATIONS = "docs/operations.md";
  private static final String TROUBLESHOOTING = "docs/troubleshooting.md";

  private static final ObjectMapper YAML = new YAMLMapper();

  private static final Pattern METRIC = Pattern.compile("\\bburnish_[a-z0-9_]+[a-z0-9]\\b");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]*\\.md)?(?:#([^)]+))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern START_LINE = Pattern.compile("(?m)^\\|([^|]*`[^|]+)\\|");
  private static final Pattern NAME = Pattern.compile("^[A-Z_]+ ");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** Lines of what Burnish runs on. */
  private static final Set<String> OF_OTHERS =
      Set.of("Port already bound", "Detected applied migration not resolved locally");

  @TempDir static Path directory;

  private static String text(String page) {
    try {
      return Files.readString(Path.of(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OPERATIONS, TROUBLESHOOTING})
  void metrics_are_documented(String page) {
    Set<String> documented = all(METRIC, text("docs/metrics.md"));

    assertThat(all(METRIC, text(page)))
        .isNotEmpty()
        .allMatch(metric -> documented.contains(metric.replaceFirst("_(count|sum|bucket)$", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {OPERATIONS, TROUBLESHOOTING})
  void variables_are_read(String page) {
    Set<String> named = new TreeSet<>(Variables.namedIn(text(page)));
    named.removeIf(name -> !name.startsWith("BURNISH_") && !name.startsWith("GROQ_"));
    Set<String> known = new TreeSet<>(Variables.readHereOrBelow());
    known.addAll(Variables.namedIn(text("README.md")));

    assertThat(known).containsAll(named);
    assertThat(named).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {OPERATIONS, TROUBLESHOOTING, "docs/cluster.md"})
  void links_lead_to_a_page_and_a_heading(String page) {
    List<MatchResult> links = LINK.matcher(text(page)).results().toList();

    assertThat(links).isNotEmpty();
    for (MatchResult link : links) {
      Path target =
          link.group(1) == null
              ? Path.of(page)
              : Path.of("docs").resolve(link.group(1)).normalize();
      assertThat(target).isRegularFile();
      if (link.group(2) != null) {
        assertThat(anchors(target)).as(link.group()).contains(link.group(2));
      }
    }
  }

  private static Set<String> anchors(Path page) {
    return HEADING
        .matcher(text(page.toString()))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /** A line about any setting has its name as a value. */
  @Test
  void lines_of_a_failed_start_are_those_of_the_code() throws IOException {
    String section =
        text(TROUBLESHOOTING).split("(?m)^## The service does not start$")[1].split("(?m)^## ")[0];
    List<String> lines =
        START_LINE
            .matcher(section)
            .results()
            .flatMap(row -> CODE.matcher(row.group(1)).results())
            .map(code -> code.group(1))
            .filter(line -> !OF_OTHERS.contains(line))
            .toList();
    String code = sources();

    assertThat(lines).hasSizeGreaterThan(12);
    for (String line : lines) {
      assertThat(
              Stream.of(line.split("…|_FILE")).map(String::strip).filter(part -> !part.isEmpty()))
          .as(line)
          .allMatch(
              part -> code.contains(part) || code.contains(NAME.matcher(part).replaceFirst("")));
    }
  }

  private static String sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> text(file.toString()))
          .collect(Collectors.joining());
    }
  }

  @Test
  void replicas_are_added_for_ready_items_only_while_a_quota_has_room() throws IOException {
    ObjectNode rules = YAML.createObjectNode();
    rules
        .putArray("groups")
        .addObject()
        .put("name", "scaling")
        .putArray("rules")
        .addObject()
        .put("record", "scaling")
        .put("expr", scalingQuery());
    YAML.writeValue(directory.resolve("rules.yml").toFile(), rules);
    Path test = directory.resolve("test.yml");
    Files.writeString(
        test,
        """
        rule_files: [rules.yml]
        tests:
          - interval: 15s
            input_series:
              - {series: 'burnish_queue_ready_items{namespace="burnish",pod="a"}', values: '20000x100'}
              - {series: 'burnish_queue_ready_items{namespace="burnish",pod="b"}', values: '20000x100'}
              - {series: 'burnish_quota_wait_seconds{namespace="burnish",model="m"}', values: '0x40 5x60'}
              - {series: 'burnish_quota_wait_seconds{namespace="burnish",model="n"}', values: '9x100'}
            promql_expr_test:
              - {expr: scaling, eval_time: 9m, exp_samples: [{labels: scaling, value: 20000}]}
              - {expr: scaling, eval_time: 14m, exp_samples: [{labels: scaling, value: 0}]}
        """);

    assertThat(Tool.run("promtool", "test", "rules", test.toString())).contains("SUCCESS");
  }

  private static String scalingQuery() throws IOException {
    String example = text(OPERATIONS).split("```yaml\n")[1].split("```")[0];
    return YAML.readTree(example).at("/spec/triggers/0/metadata/query").asText();
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
