package io.burnish.profile.discount;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The project's own table of price notations: each line with what is accepted and refused. A field
 * {@code json} is a price that is no text.
 */
class PriceTableTest {

  private final DiscountProfile profile = new DiscountProfile();

  static Stream<String> lines() {
    try (InputStream table = PriceTableTest.class.getResourceAsStream("price-table.txt")) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.startsWith("#")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void a_line_holds(String line) {
    int first = line.indexOf('|');
    int second = line.indexOf('|', first + 1);
    int last = line.lastIndexOf('|');
    String field = line.substring(first + 1, second).strip();
    String text = line.substring(second + 2, last - 1);
    ObjectNode json = RecordJson.object();
    if (field.equals("json")) {
      json.set("price", RecordJson.read(text));
    } else {
      json.put(field, text);
    }
    SourceRecord source = SourceRecord.of(RecordJson.write(json));

    List<String> wrong = new ArrayList<>();
    for (String verdict : line.substring(last + 1).strip().split(" ")) {
      boolean accepted = profile.check(answer(verdict), source, Set.of()).isEmpty();
      if (accepted != verdict.startsWith("+")) {
        wrong.add(verdict);
      }
    }

    assertThat(wrong).isEmpty();
  }

  @Test
  void the_table_has_at_least_150_lines() {
    assertThat(lines().count()).isGreaterThanOrEqualTo(150);
  }

  private static ObjectNode answer(String verdict) {
    String type =
        switch (verdict.charAt(verdict.length() - 1)) {
          case '$' -> "fixed_amount";
          case '%' -> "percentage";
          default -> "buy_one_get_one";
        };
    ObjectNode answer = RecordJson.object();
    answer.set("price", RecordJson.read(verdict.substring(1, verdict.length() - 1)));
    answer.put("discount_type", type);
    answer.putArray("category").add("Consumerism");
    answer.putArray("consumer_statuses").add("Family");
    return answer;
  }
}
