package io.burnish.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedDirectoryTest {

  @TempDir Path root;

  private Path directory;

  @BeforeEach
  void create_the_directory() throws IOException {
    directory = Files.createDirectories(root.toRealPath().resolve("shop/a"));
  }

  @Test
  void files_are_created_renamed_read_and_deleted_in_it() throws IOException {
    try (CheckedDirectory checked = CheckedDirectory.open(directory)) {
      write(checked, "part", "new");
      Files.writeString(directory.resolve("enhanced.json"), "old");

      checked.rename(Path.of("part"), Path.of("enhanced.json"));

      assertThat(directory.resolve("enhanced.json")).hasContent("new");
      assertThat(directory.resolve("part")).doesNotExist();
      assertThat(read(checked, "enhanced.json")).isEqualTo("new");
      assertThat(checked.delete(Path.of("enhanced.json"))).isTrue();
      assertThat(checked.delete(Path.of("enhanced.json"))).isFalse();
    }
  }

  @Test
  void a_directory_that_became_a_link_is_not_opened() throws IOException {
    Path other = Files.createDirectories(root.toRealPath().resolve("other/a"));
    Files.writeString(other.resolve("secret.json"), "[]");
    Files.delete(directory);
    Files.delete(directory.getParent());
    Files.createSymbolicLink(directory.getParent(), other.getParent());

    assertThat(Files.exists(directory.resolve("secret.json"))).isTrue();
    assertThatIOException().isThrownBy(() -> CheckedDirectory.open(directory).close());
  }

  @Test
  void what_replaces_an_open_directory_is_not_used() throws IOException {
    Path other = Files.createDirectories(root.toRealPath().resolve("other"));
    try (CheckedDirectory checked = CheckedDirectory.open(directory)) {
      Files.move(directory, directory.resolveSibling("moved"));
      Files.createSymbolicLink(directory, other);

      write(checked, "result", "mine");
    }

    assertThat(other.resolve("result")).doesNotExist();
    assertThat(directory.resolveSibling("moved").resolve("result")).hasContent("mine");
  }

  @Test
  void a_file_that_is_a_link_is_neither_read_nor_written() throws IOException {
    Path other = Files.writeString(root.resolve("other.json"), "other");
    Files.createSymbolicLink(directory.resolve("link.json"), other);
    try (CheckedDirectory checked = CheckedDirectory.open(directory)) {
      assertThatIOException().isThrownBy(() -> checked.read(Path.of("link.json")).close());
      assertThatIOException().isThrownBy(() -> write(checked, "link.json", "changed"));
    }

    assertThat(other).hasContent("other");
  }

  private static void write(CheckedDirectory directory, String name, String text)
      throws IOException {
    try (SeekableByteChannel channel = directory.create(Path.of(name))) {
      Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String read(CheckedDirectory directory, String name) throws IOException {
    try (SeekableByteChannel channel = directory.read(Path.of(name))) {
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
