package io.burnish.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
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
      @ForAll("counts") Map<String, Integer> counts) {
    StateFile written = new StateFile(processed, failed, counts, "2026-01-01T00:00:00.000000");

    StateFile read = StateFile.read(written.json().getBytes(StandardCharsets.UTF_8));

    Set<String> failedOnly = new HashSet<>(failed);
    failedOnly.removeAll(processed);
    assertThat(new HashSet<>(read.processed())).isEqualTo(processed);
    assertThat(new HashSet<>(read.failed())).isEqualTo(failedOnly);
    assertThat(read.times429()).isEqualTo(counts);
  }

  @Property(tries = 300)
  void any_bytes_are_read_or_refused_with_a_place(@ForAll byte[] body) {
    try {
      StateFile.read(body);
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
