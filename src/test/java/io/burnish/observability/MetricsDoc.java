package io.burnish.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of docs/metrics.md. */
final class MetricsDoc {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(burnish_\\w+)` \\| (\\w+) \\| ([^|]*) \\| [^|]+ \\| [^|]+ \\|$");

  private MetricsDoc() {}

  /** Type and labels of each meter, by name. */
  static Map<String, String> read() throws IOException {
    return ROW.matcher(Files.readString(Path.of("docs/metrics.md")))
        .results()
        .collect(
            Collectors.toMap(
                row -> row.group(1),
                row -> row.group(2) + " " + labels(row.group(3)),
                (one, other) -> one + ", twice",
                TreeMap::new));
  }

  private static TreeSet<String> labels(String cell) {
    return Arrays.stream(cell.split(","))
        .map(label -> label.strip().replace("`", ""))
        .filter(label -> !label.equals("–"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
