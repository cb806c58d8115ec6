package io.burnish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks docs/glossary.md against the code: each term names a type, a table or a column that is
 * there. Words that a standard term has replaced are no part of an identifier.
 */
class GlossaryDocTest {

  private static final Path MAIN = Path.of("src/main/java");
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

  /**
   * Replaced words, as patterns of words within an identifier: {@code callsInFlight} is {@code
   * calls_in_flight}. The exceptions in a pattern are other uses of the word: TLS trust, multipart
   * parts.
   */
  private static final List<String> REPLACED =
      List.of(
          "aftermath",
          "asking(?!_to_wait)",
          "author",
          "beat",
          "desk",
          "desks",
          "door",
          "(?<!in_|single_)flight",
          "flights",
          "hands?",
          "holdings",
          "judging",
          "lest",
          "manner",
          "mistakes?",
          "namesakes?",
          "news",
          "nobody_works",
          "pilot",
          "pilots",
          "realm",
          "recall",
          "rooms?",
          "saying",
          "sayings",
          "set_aside",
          "sign_off",
          "take_back",
          "take_off",
          "tally",
          "tickets?",
          "told",
          "(?<!hide_|s_sl_)trust(?!_manager|_store|_all)",
          "wakeup",
          "(?<=is_)well(?!_formed)",
          "wish",
          "witness");

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
  private static final Pattern REFERENCE = Pattern.compile("`([^`]+)`");
  private static final Pattern NOT_CODE =
      Pattern.compile(
          "\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\n])+'|/\\*[\\s\\S]*?\\*/|//[^\n]*");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_]\\w*");
  private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])");

  /** A line of the glossary. */
  record Term(String name, List<String> references) {

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Term> terms() throws IOException {
    return ROW.matcher(Files.readString(Path.of("docs/glossary.md")))
        .results()
        .filter(row -> !row.group(1).equals("Term"))
        .map(
            row ->
                new Term(
                    row.group(1),
                    REFERENCE.matcher(row.group(3)).results().map(r -> r.group(1)).toList()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("terms")
  void each_term_names_where_it_lives(Term term) throws IOException {
    Set<String> columns = columns();

    assertThat(term.references()).isNotEmpty();
    assertThat(term.references())
        .allMatch(reference -> columns.contains(reference) || isType(reference));
  }

  @Test
  void the_terms_are_in_order_and_each_is_there_once() throws IOException {
    assertThat(terms()).extracting(Term::name).isSorted().doesNotHaveDuplicates();
    assertThat(terms()).hasSizeGreaterThan(30);
  }

  @Test
  void replaced_words_are_no_part_of_an_identifier() throws IOException {
    Pattern replaced = Pattern.compile("(?<=_)(?:" + String.join("|", REPLACED) + ")(?=_)");
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(MAIN)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file ->
                  identifiers(file).stream()
                      .filter(identifier -> replaced.matcher(words(identifier)).find())
                      .forEach(identifier -> found.add(identifier + " in " + file)));
    }

    assertThat(found).isEmpty();
  }

  private static Set<String> identifiers(Path file) {
    try {
      String code = NOT_CODE.matcher(Files.readString(file)).replaceAll(" ");
      Set<String> identifiers = new TreeSet<>();
      IDENTIFIER.matcher(code).results().map(MatchResult::group).forEach(identifiers::add);
      return identifiers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code _calls_in_flight_} for {@code callsInFlight}. */
  private static String words(String identifier) {
    StringBuilder words = new StringBuilder("_");
    WORD.matcher(identifier)
        .results()
        .forEach(word -> words.append(word.group().toLowerCase(Locale.ROOT)).append('_'));
    return words.toString();
  }

  private static boolean isType(String reference) {
    try {
      Class.forName("io.burnish." + reference, false, GlossaryDocTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** All tables, and all columns as {@code table.column}. */
  private static Set<String> columns() throws IOException {
    Set<String> columns = new TreeSet<>();
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      for (Path file : files.toList()) {
        String sql = Files.readString(file).replaceAll("--[^\n]*", "");
        for (String statement : sql.split(";")) {
          addColumns(statement.strip(), columns);
        }
      }
    }
    return columns;
  }

  private static void addColumns(String statement, Set<String> columns) {
    Pattern.compile("^(?:CREATE|ALTER) TABLE (\\w+)")
        .matcher(statement)
        .results()
        .map(table -> table.group(1))
        .forEach(
            table -> {
              columns.add(table);
              Pattern.compile(
                      "(?:[(,]\\s*|ADD COLUMN )(\\w+)\\s+(?:uuid|text|integer|bigint|smallint|timestamptz|boolean|bytea|jsonb|double)")
                  .matcher(statement)
                  .results()
                  .forEach(column -> columns.add(table + "." + column.group(1)));
            });
  }
}
