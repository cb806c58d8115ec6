package io.burnish;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.LogStatements.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/logs.md against the sources: it has each WARN and ERROR line, and no other. When this
 * fails, its message has the rows to paste; a row whose line was reworded keeps its explanation.
 */
class LogsDocTest {

  private static final Path DOCUMENT = Path.of("docs/logs.md");

  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| ((?:WARN|ERROR)(?:, WARN)?) \\| `([\\w.]+)` \\| `(.+?)` \\| (.*?) \\| (.*?) \\|$");

  /** A row of the document. */
  private record Row(Line line, String meaning, String action) {

    String text() {
      return "| %s | `%s` | `%s` | %s | %s |"
          .formatted(line.level(), line.place(), line.message(), meaning, action);
    }
  }

  @Test
  void each_line_has_a_row_and_each_row_a_line() throws IOException {
    List<Row> rows = rows();
    List<Line> lines = LogStatements.all();
    Set<Line> documented = rows.stream().map(Row::line).collect(Collectors.toSet());
    List<Line> missing = lines.stream().filter(line -> !documented.contains(line)).toList();
    List<Row> stale = rows.stream().filter(row -> !lines.contains(row.line())).toList();

    assertThat(Stream.concat(missing.stream(), stale.stream()))
        .withFailMessage(() -> toPaste(missing, stale))
        .isEmpty();
  }

  @Test
  void the_rows_are_in_order_and_each_says_what_it_means_and_what_to_do() throws IOException {
    List<Row> rows = rows();

    assertThat(rows).extracting(row -> row.line().key()).isSorted().doesNotHaveDuplicates();
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.meaning()).hasSizeGreaterThan(10).doesNotContain("TODO"))
        .allSatisfy(row -> assertThat(row.action()).hasSizeGreaterThan(3).doesNotContain("TODO"));
  }

  private static List<Row> rows() throws IOException {
    return ROW.matcher(Files.readString(DOCUMENT))
        .results()
        .map(
            row ->
                new Row(
                    new Line(row.group(1), row.group(2), row.group(3)), row.group(4), row.group(5)))
        .toList();
  }

  private static String toPaste(List<Line> missing, List<Row> stale) {
    return "Remove from docs/logs.md:\n"
        + text(stale, Row::text)
        + "Add, sorted by class and message:\n"
        + text(missing, line -> row(line, stale).text());
  }

  private static <T> String text(List<T> all, Function<T, String> row) {
    return all.stream().map(each -> row.apply(each) + "\n").collect(Collectors.joining());
  }

  /** The explanation comes from the row that has the most words in common, of the same class. */
  private static Row row(Line line, List<Row> stale) {
    String type = simpleName(line);
    return stale.stream()
        .filter(row -> simpleName(row.line()).equals(type))
        .max(Comparator.comparingLong(row -> inCommon(row.line(), line)))
        .map(row -> new Row(line, row.meaning(), row.action()))
        .orElseGet(() -> new Row(line, "TODO", "TODO"));
  }

  private static String simpleName(Line line) {
    return line.place().replaceFirst(".*\\.", "");
  }

  private static long inCommon(Line one, Line other) {
    Set<String> words = Stream.of(one.message().split("\\W+")).collect(Collectors.toSet());
    return Stream.of(other.message().split("\\W+")).distinct().filter(words::contains).count();
  }
}
