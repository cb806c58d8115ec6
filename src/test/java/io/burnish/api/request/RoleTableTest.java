package io.burnish.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.access.caller.Role;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the table of roles in docs/security.md against the resources. */
class RoleTableTest {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([A-Z]+ /[^`]*)` \\| `(\\w+)` \\|$");

  @Test
  void the_table_has_each_operation_with_its_role() throws IOException {
    List<String> documented =
        ROW.matcher(Files.readString(Path.of("docs/security.md")))
            .results()
            .map(row -> row.group(1) + " " + row.group(2))
            .toList();

    assertThat(documented)
        .containsExactlyElementsOf(
            Endpoints.ALL.stream()
                .sorted(
                    (one, other) ->
                        one.role() == other.role()
                            ? one.operation().compareTo(other.operation())
                            : one.role().compareTo(other.role()))
                .map(endpoint -> endpoint.operation() + " " + endpoint.role().word())
                .distinct()
                .toList());
  }

  @Test
  void each_method_or_its_class_names_one_role() {
    for (Class<?> resource : Endpoints.RESOURCES) {
      for (Method method : resource.getDeclaredMethods()) {
        if (Endpoint.of(method).isEmpty()) {
          continue;
        }
        RolesAllowed own = method.getAnnotation(RolesAllowed.class);
        RolesAllowed ofAll = resource.getAnnotation(RolesAllowed.class);
        RolesAllowed roles = own == null ? ofAll : own;

        assertThat(roles).as(method.toString()).isNotNull();
        assertThat(roles.value()).as(method.toString()).hasSize(1);
        assertThat(Role.of(roles.value()[0])).as(method.toString()).isPresent();
      }
    }
  }

  @Test
  void methods_at_one_address_with_one_verb_have_one_role() {
    assertThat(
            Endpoints.ALL.stream()
                .map(endpoint -> endpoint.operation() + " " + endpoint.role())
                .distinct())
        .hasSameSizeAs(Endpoints.ALL.stream().map(Endpoint::operation).distinct().toList());
    assertThat(Arrays.stream(Role.values()).map(Role::word))
        .containsExactly(Role.READS, Role.SUBMITS, Role.ADMINISTERS);
  }
}
