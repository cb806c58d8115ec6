package io.burnish.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.runtime.configuration.MemorySize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  @TempDir Path directory;

  @Test
  void a_body_lies_on_disk_without_a_name() throws IOException {
    try (Spooled body = spool(100).take(Incoming.plain(stream("[1]"), 100))) {
      assertThat(body.size()).isEqualTo(3);
      assertThat(new String(body.bytes(0, 10), StandardCharsets.UTF_8)).isEqualTo("[1]");
      assertThat(body.sha256())
          .isEqualTo("080a9ed428559ef602668b4c00f114f1a11c3f6b02a435f0bdc154578e4d7f22");
      assertThat(left()).as("killed now, nothing would be left").isZero();
    }
  }

  @Test
  void one_byte_more_than_the_limit_is_too_much() {
    Spool spool = spool(3);

    spool.take(spool.plain(stream("[1]"))).close();
    assertThatThrownBy(() -> spool.take(spool.plain(stream("[12]"))))
        .isInstanceOf(TooLargeException.class)
        .hasMessageContaining("3 bytes");
  }

  @Test
  void a_connection_that_breaks_is_told_from_what_came_over_it() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };

    assertThatThrownBy(() -> spool(100).take(Incoming.plain(broken, 100)))
        .isInstanceOf(BrokenOffException.class);
    assertThatThrownBy(() -> Incoming.gzipped(broken, 100)).isInstanceOf(BrokenOffException.class);
    assertThatThrownBy(() -> Incoming.gzipped(stream("[1]"), 100))
        .isInstanceOf(MalformedBodyException.class);
  }

  @Test
  void a_full_disk_is_no_room() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "only Linux has a disk that is always full");

    try (Spooled body = new Spooled(FileChannel.open(full, StandardOpenOption.WRITE))) {
      assertThatThrownBy(() -> body.write(ByteBuffer.wrap(new byte[10])))
          .isInstanceOf(NoRoomException.class);
    }
  }

  @Test
  void a_directory_that_is_not_there_is_no_room() {
    Spool spool = new Spool(config(100, directory.resolve("gone")));

    assertThatThrownBy(spool::open).isInstanceOf(NoRoomException.class);
  }

  private long left() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }

  private Spool spool(long limit) {
    return new Spool(config(limit, directory));
  }

  private static IntakeConfig config(long limit, Path directory) {
    return new Settings(new MemorySize(BigInteger.valueOf(limit)), Optional.of(directory));
  }

  /** With a name: Quarkus allows no anonymous class to implement a type that is validated. */
  private record Settings(MemorySize maxBody, Optional<Path> directory) implements IntakeConfig {}

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
