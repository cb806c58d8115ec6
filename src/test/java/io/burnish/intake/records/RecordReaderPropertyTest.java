package io.burnish.intake.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.intake.Texts;
import io.burnish.intake.body.SpooledBody;
import io.burnish.record.RecordJson;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Records are read as they were written, also across the ends of buffers. */
class RecordReaderPropertyTest {

  /** Longer than any buffer on the way, so that records lie across their ends. */
  @Provide
  Arbitrary<List<String>> records() {
    Arbitrary<String> text =
        Arbitraries.of("a", "ש", "\\u05d1", "€", "\uD83C\uDF81", "\\\"", "\\\\", "]", "}", ",", " ")
            .list()
            .ofMaxSize(40)
            .map(pieces -> String.join("", pieces));
    Arbitrary<String> filler = Arbitraries.of(0, 1, 50, 4_000, 8_191, 70_000).map("ע"::repeat);
    Arbitrary<String> object =
        Combinators.combine(text, filler, Arbitraries.of("", " ", "\t "))
            .as((key, value, blank) -> "{\"%s\"%s:\"%s\",\"n\":1.10}".formatted(key, blank, value));
    Arbitrary<String> other =
        Arbitraries.of("1e5", "-0.0", "true", "null", "[]", "[1,{\"a\":[2]}]", "\"ש\\\"\"", "{}");
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, object), net.jqwik.api.Tuple.of(1, other))
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 150)
  void a_list_is_read_as_it_was_written(
      @ForAll("records") List<String> records, @ForAll("separators") String separator) {
    String text = "[" + String.join("," + separator, records) + separator + "]";

    try (SpooledBody body = Texts.spooled(text)) {
      RecordList list = RecordReader.readFile(body, Texts.budget());

      assertThat(Texts.recordsOf(list)).isEqualTo(values(records));
      assertThat(Texts.recordsOf(list)).as("a second time").isEqualTo(values(records));
    }
  }

  @Property(tries = 150)
  void lines_are_read_as_they_were_written(
      @ForAll("records") List<String> records, @ForAll("lineEnds") String end) {
    Assume.that(records.isEmpty() || !records.get(0).startsWith("["));
    String text = String.join(end, records) + (records.isEmpty() ? "" : end);

    try (SpooledBody body = Texts.spooled(text)) {
      assertThat(Texts.recordsOf(RecordReader.readLines(body, Texts.budget())))
          .isEqualTo(values(records));
    }
  }

  private static List<String> values(List<String> records) {
    return records.stream().map(RecordJson::read).map(RecordJson::write).toList();
  }

  @Property(tries = 150)
  void a_record_that_is_too_large_keeps_its_own_characters(
      @ForAll("records") List<String> records, @ForAll("separators") String separator) {
    String text = "[" + String.join("," + separator, records) + separator + "]";

    try (SpooledBody body = Texts.spooled(text)) {
      RecordList list = RecordReader.readFile(body, new RecordLimits(2, 1_000));

      List<String> expected =
          records.stream()
              .map(r -> r.matches("(?s)[\\[{].*") && r.length() > 2 ? r : values(List.of(r)).get(0))
              .toList();
      assertThat(Texts.recordsOf(list)).isEqualTo(expected);
    }
  }

  @Provide
  Arbitrary<String> separators() {
    return Arbitraries.of("", "\n", " ", "\r\n  ", " ".repeat(9_000));
  }

  @Provide
  Arbitrary<String> lineEnds() {
    return Arbitraries.of("\n", "\r\n", "\n\n", " \n \t \n");
  }
}
