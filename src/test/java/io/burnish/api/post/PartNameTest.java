package io.burnish.api.post;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartNameTest {

  @Test
  void a_quotation_mark_may_be_escaped_in_either_way() {
    assertThat(name("q\\\"x.json", "q\\")).isEqualTo("q\"x.json");
    assertThat(name("q%22x.json", "q%22x.json")).isEqualTo("q\"x.json");
    assertThat(name("back\\\\slash\\\"", "back\\\\slash\\")).isEqualTo("back\\slash\"");
  }

  @Test
  void a_backslash_before_anything_else_is_part_of_the_name() {
    assertThat(name("dir\\a.json", "dir\\a.json")).isEqualTo("dir\\a.json");
    assertThat(name("ends\\", "ends\\")).isEqualTo("ends\\");
  }

  @Test
  void a_name_without_quotes_is_that_of_the_form_reader() {
    assertThat(PartName.of("form-data; name=\"file\"; filename=a.json", "a.json"))
        .contains("a.json");
    assertThat(PartName.of("form-data; name=\"file\"", null)).isEmpty();
  }

  private static String name(String quoted, String read) {
    return PartName.of("form-data; name=\"file\"; filename=\"" + quoted + "\"", read).orElseThrow();
  }
}
