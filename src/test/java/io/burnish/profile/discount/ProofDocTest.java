package io.burnish.profile.discount;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.amount.phrase.Meaning;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the tables of docs/proof.md true. */
class ProofDocTest {

  private static final Path DOCUMENT = Path.of("docs/proof.md");
  private static final Pattern ROW =
      Pattern.compile("\\| [^|]+ \\| (title|price): `([^`]+)` \\|([^|]*)\\|([^|]*)\\|");

  private final DiscountProfile profile = new DiscountProfile();

  static Stream<String> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream().filter(line -> ROW.matcher(line).matches());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_row_holds(String line) {
    Matcher row = ROW.matcher(line);
    assertThat(row.matches()).isTrue();
    ObjectNode json = RecordJson.object().put(row.group(1), row.group(2));
    SourceRecord source = SourceRecord.of(RecordJson.write(json));

    assertThat(answers(row.group(3)))
        .allMatch(answer -> profile.check(answer, source, Set.of()).isEmpty());
    assertThat(answers(row.group(4)))
        .noneMatch(answer -> profile.check(answer, source, Set.of()).isEmpty());
  }

  @Test
  void the_table_has_a_row_for_each_kind() throws IOException {
    assertThat(rows().count()).isGreaterThanOrEqualTo(30);
  }

  @Test
  void each_meaning_is_named() throws IOException {
    String document = Files.readString(DOCUMENT);

    assertThat(Arrays.stream(Meaning.values()).map(Meaning::word))
        .allMatch(word -> document.contains("`" + word + "`"));
  }

  @Test
  void each_rule_is_named() throws IOException {
    String document = Files.readString(DOCUMENT);

    assertThat(profile.ruleNames()).allMatch(rule -> document.contains("`" + rule + "`"));
  }

  private static List<ObjectNode> answers(String cell) {
    List<ObjectNode> answers = new ArrayList<>();
    for (String named : cell.strip().split(", ")) {
      if (!named.isEmpty()) {
        String[] words = named.split(" ");
        ObjectNode answer = RecordJson.object();
        answer.set("price", RecordJson.read(words[0]));
        answer.put("discount_type", words[1]);
        answer.putArray("category").add("Consumerism");
        answer.putArray("consumer_statuses").add("Family");
        answers.add(answer);
      }
    }
    return answers;
  }
}
