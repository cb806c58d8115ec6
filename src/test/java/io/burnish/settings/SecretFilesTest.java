package io.burnish.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {

  private static final String SECRET = "gsk_only-in-the-file";

  @TempDir Path directory;

  @Test
  void a_file_sets_the_property_of_its_variable_without_the_line_end() throws IOException {
    SecretFiles files =
        SecretFiles.of(
            Map.of(
                "GROQ_API_KEY_FILE", file(SECRET + "\r\n"),
                "QUARKUS_DATASOURCE_PASSWORD_FILE", file("p w\n")));

    assertThat(files.errors()).isEmpty();
    assertThat(files.values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("GROQ_API_KEY", SECRET, "quarkus.datasource.password", "p w"));
  }

  @Test
  void what_can_not_be_used_is_told_without_the_value() throws IOException {
    String both = file(SECRET);
    assertThat(error("GROQ_API_KEY_FILE", both, "GROQ_API_KEY", SECRET))
        .contains("GROQ_API_KEY and GROQ_API_KEY_FILE are both set");
    assertThat(error("BURNISH_ADMIN_KEY_FILE", directory.resolve("none").toString()))
        .contains("BURNISH_ADMIN_KEY_FILE", "none", "can't be read");
    assertThat(error("BURNISH_ADMIN_KEY_FILE", directory.toString())).contains("can't be read");
    assertThat(error("BURNISH_ADMIN_KEY_FILE", file(" \n"))).contains("is empty");
    assertThat(error("GROQ_API_KEY_FILE", file(SECRET.repeat(10_000))))
        .contains("has more than 65,536 bytes");
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 1});
    assertThat(error("GROQ_API_KEY_FILE", binary.toString())).contains("is not text in UTF-8");
  }

  @Test
  void an_empty_variable_names_no_file() {
    assertThat(SecretFiles.of(Map.of("GROQ_API_KEY_FILE", "")).values()).isEmpty();
  }

  private static String error(String... variables) {
    Map<String, String> environment =
        variables.length == 2
            ? Map.of(variables[0], variables[1])
            : Map.of(variables[0], variables[1], variables[2], variables[3]);
    SecretFiles files = SecretFiles.of(environment);
    assertThat(files.values()).isEmpty();
    assertThat(files.errors()).hasSize(1);
    return assertThat(files.errors().get(0)).doesNotContain(SECRET).actual();
  }

  private String file(String text) throws IOException {
    Path file = Files.createTempFile(directory, "secret", "");
    return Files.write(file, text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
