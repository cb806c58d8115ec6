package io.burnish.traces;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

  private static final String VALID = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void a_valid_header_is_kept_and_names_its_span() {
    assertThat(TraceParent.valid(VALID)).contains(VALID);
    assertThat(TraceParent.context(VALID))
        .returns("4bf92f3577b34da6a3ce929d0e0e4736", context -> context.getTraceId())
        .returns("00f067aa0ba902b7", context -> context.getSpanId())
        .returns(true, context -> context.isSampled());
  }

  @Test
  void no_header_is_no_trace() {
    assertThat(TraceParent.valid(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x"
      })
  void an_invalid_header_is_ignored(String header) {
    assertThat(TraceParent.valid(header)).isEmpty();
  }
}
