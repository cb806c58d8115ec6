package io.burnish.provider.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.provider.fault.ProviderFault;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FaultMappingPropertyTest {

  @Property
  void any_status_with_any_header_and_body_is_a_fault_that_says_something(
      @ForAll @IntRange(min = 100, max = 999) int status,
      @ForAll String header,
      @ForAll String body) {
    ProviderFault fault =
        FaultMapping.of(
            "model", status, name -> header, body, Instant.parse("2026-11-02T10:00:00Z"));

    assertThat(fault.httpStatus()).isEqualTo(status);
    assertThat(fault.getMessage()).isNotBlank();
  }
}
