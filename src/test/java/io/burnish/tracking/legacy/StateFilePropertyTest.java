package io.burnish.tracking.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StateFilePropertyTest {

  @Property(tries = 300)
  void what_is_written_is_read_again(
      @ForAll("ids") Set<String> processed,
      @ForAll("ids") Set<String> failed,
      @ForAll("counts") Map<String, Integer> counts)
      throws IOException {
    byte[] written = written(processed, failed, counts).getBytes(StandardCharsets.UTF_8);

    StateFileTest.Read read = StateFileTest.Read.of(StateFile.check(StateFileTest.source(written)));

    assertThat(read.processed()).containsExactlyElementsOf(processed);
    assertThat(read.failed()).containsExactlyElementsOf(failed);
    assertThat(read.times429()).isEqualTo(counts);
  }

  private static String written(
      Set<String> processed, Set<String> failed, Map<String, Integer> counts) throws IOException {
    StringWriter text = new StringWriter();
    StateFileWriter writer = new StateFileWriter(text);
    for (String key : processed) {
      writer.key(key, true);
    }
    for (String key : failed) {
      writer.key(key, false);
    }
    writer.end(counts, "2026-01-01T00:00:00.000000");
    return text.toString();
  }

  @Property(tries = 300)
  void any_bytes_are_read_or_refused_with_a_place(@ForAll byte[] body) {
    try {
      StateFile.check(StateFileTest.source(body));
    } catch (StateFileException refused) {
      assertThat(refused.line()).isPositive();
      assertThat(refused.column()).isPositive();
    }
  }

  @Provide
  Arbitrary<Set<String>> ids() {
    Arbitrary<String> numbers = Arbitraries.integers().between(0, 200).map(String::valueOf);
    return Arbitraries.oneOf(numbers, names()).set().ofMaxSize(40);
  }

  @Provide
  Arbitrary<Map<String, Integer>> counts() {
    return Arbitraries.maps(names(), Arbitraries.integers().greaterOrEqual(0)).ofMaxSize(5);
  }

  /** Whatever a database can hold, but for blanks around it. */
  private static Arbitrary<String> names() {
    return Arbitraries.strings()
        .all()
        .excludeChars('\u0000')
        .ofMinLength(1)
        .ofMaxLength(20)
        .map(text -> text.replaceAll("\\p{Cs}", "x").strip())
        .filter(text -> !text.isEmpty());
  }
}
