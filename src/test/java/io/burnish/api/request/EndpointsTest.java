package io.burnish.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.burnish.api.request.Endpoints.Parameter;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointsTest {

  @Test
  void every_resource_is_listed() {
    List<String> resources =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.burnish.api")
                .stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .map(JavaClass::getName)
                .toList();

    assertThat(Endpoints.RESOURCES.stream().map(Class::getName))
        .containsExactlyInAnyOrderElementsOf(resources);
  }

  @Test
  void each_method_refuses_unknown_empty_and_repeated_parameters() {
    for (Endpoint endpoint : Endpoints.ALL) {
      Map<String, Parameter> known = endpoint.parameters();

      assertThat(QueryCheck.violations(Map.of("unknown", List.of("1")), known, false)).hasSize(1);
      for (Parameter parameter : known.values()) {
        String name = parameter.name();
        assertThat(QueryCheck.violations(Map.of(name, List.of("")), known, false)).hasSize(1);
        assertThat(QueryCheck.violations(Map.of(name, List.of("a\0")), known, false)).hasSize(1);
        assertThat(QueryCheck.violations(Map.of(name, List.of("a")), known, false)).isEmpty();
        assertThat(QueryCheck.violations(Map.of(name, List.of("a", "b")), known, false))
            .hasSize(parameter.repeatable() ? 0 : 1);
        assertThat(
                QueryCheck.violations(
                    Map.of(name.toUpperCase(Locale.ROOT), List.of("a")), known, false))
            .hasSize(1);
      }
    }
  }

  @Test
  void a_refusal_names_the_known_parameters() {
    Map<String, Parameter> known = Map.of("file", new Parameter("file", false));

    assertThat(QueryCheck.violations(Map.of("limit", List.of("1")), known, false))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.field()).isEqualTo("limit");
              assertThat(violation.message()).endsWith("known are file");
            });
  }

  @Test
  void the_address_with_the_most_literal_characters_wins() {
    assertThat(Endpoints.allow(Endpoints.at("/tracking/state")))
        .isEqualTo("GET, HEAD, OPTIONS, PUT");
    assertThat(Endpoints.allow(Endpoints.at("/tracking/a/b"))).isEqualTo("GET, HEAD, OPTIONS");
    assertThat(Endpoints.allow(Endpoints.at("/jobs"))).isEqualTo("GET, HEAD, OPTIONS, POST");
    assertThat(Endpoints.at("/jobs/1/2/3")).isEmpty();
    assertThat(Endpoints.at("/q/health")).isEmpty();
  }
}
