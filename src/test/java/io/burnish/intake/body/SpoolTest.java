package io.burnish.intake.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.burnish.metrics.ServiceMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  @TempDir Path directory;

  @Test
  void a_body_lies_on_disk_without_a_name() throws IOException {
    try (SpooledBody body =
        spool(100).write(BoundedBody.plain(stream("[1]"), 100), new ClientConnection())) {
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

    spool.write(BoundedBody.plain(stream("[1]"), 3), new ClientConnection()).close();
    assertThatThrownBy(
            () -> spool.write(BoundedBody.plain(stream("[12]"), 3), new ClientConnection()))
        .isInstanceOf(TooLargeException.class)
        .hasMessageContaining("3 bytes");
  }

  @Test
  void a_lost_connection_and_malformed_gzip_are_told_apart() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };

    assertThatThrownBy(
            () -> spool(100).write(BoundedBody.plain(broken, 100), new ClientConnection()))
        .isInstanceOf(ClientDisconnectedException.class);
    assertThatThrownBy(() -> BoundedBody.gzipped(broken, 100))
        .isInstanceOf(ClientDisconnectedException.class);
    assertThatThrownBy(() -> BoundedBody.gzipped(stream("[1]"), 100))
        .isInstanceOf(MalformedBodyException.class);
  }

  @Test
  void a_full_disk_is_insufficient_storage() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "only Linux has a disk that is always full");

    try (SpooledBody body = new SpooledBody(FileChannel.open(full, StandardOpenOption.WRITE))) {
      assertThatThrownBy(() -> body.write(ByteBuffer.wrap(new byte[10])))
          .isInstanceOf(InsufficientStorageException.class);
    }
  }

  @Test
  void a_missing_directory_is_insufficient_storage() {
    Spool spool = spool(100, 100, Path.of("/proc/no-such-place"));

    assertThatThrownBy(() -> spool.create(new ClientConnection()))
        .isInstanceOf(InsufficientStorageException.class);
  }

  @Test
  void the_hash_is_the_same_each_time() {
    try (SpooledBody body =
        spool(100).write(BoundedBody.plain(stream("[1]"), 100), new ClientConnection())) {
      String first = body.sha256();

      assertThat(body.sha256()).isEqualTo(first);
    }
  }

  @Test
  void bodies_reserve_disk_space_together_and_release_it() {
    Spool spool = spool(100, 5, directory);

    try (SpooledBody body =
        spool.write(BoundedBody.plain(stream("[1]"), 100), new ClientConnection())) {
      assertThat(body.size()).isEqualTo(3);
      assertThatThrownBy(
              () -> spool.write(BoundedBody.plain(stream("[1]"), 100), new ClientConnection()))
          .isInstanceOf(InsufficientStorageException.class)
          .hasMessageContaining("burnish.intake.max-on-disk");
    }

    assertThat(spool.onDisk()).isZero();
    spool.write(BoundedBody.plain(stream("[1]"), 100), new ClientConnection()).close();
  }

  @Test
  void reading_fails_after_the_client_disconnects() {
    ClientConnection client = new ClientConnection();
    try (SpooledBody body = spool(100).write(BoundedBody.plain(stream("[1]"), 100), client)) {
      client.markDisconnected();

      assertThatThrownBy(() -> body.bytes(0, 3)).isInstanceOf(ClientDisconnectedException.class);
    }
  }

  @Test
  void parts_are_opened_one_at_a_time() throws IOException {
    Path one = Files.writeString(directory.resolve("one"), "1");
    Path two = Files.writeString(directory.resolve("two"), "2");
    SpooledBody.OpenPart open = new SpooledBody.OpenPart();
    SpooledBody first = SpooledBody.part(one, 1, open, new ClientConnection());
    SpooledBody second = SpooledBody.part(two, 1, open, new ClientConnection());

    assertThat(first.bytes(0, 1)).containsExactly('1');
    assertThat(second.bytes(0, 1)).containsExactly('2');
    assertThat(first.bytes(0, 1)).containsExactly('1');
    open.close();
  }

  @Test
  void files_of_an_ended_process_are_removed_at_start() throws IOException {
    Path body = Files.writeString(directory.resolve("burnish-1.body"), "left");
    Path part = Files.writeString(directory.resolve("resteasy-reactive1upload"), "left");
    Path foreign = Files.writeString(directory.resolve("foreign"), "not ours");

    spool(100).stop();

    assertThat(body).doesNotExist();
    assertThat(part).doesNotExist();
    assertThat(foreign).exists();
  }

  private long left() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> !file.endsWith(".in-use")).count();
    }
  }

  private Spool spool(long limit) {
    return spool(limit, Long.MAX_VALUE, directory);
  }

  private static Spool spool(long limit, long onDisk, Path directory) {
    return new Spool(
        config(limit, onDisk, directory),
        new SpoolDirectory(directory),
        new ServiceMeters(new SimpleMeterRegistry()));
  }

  private static IntakeConfig config(long limit, long onDisk, Path directory) {
    return new SmallRyeConfigBuilder()
        .withConverter(MemorySize.class, 1, new MemorySizeConverter())
        .withConverter(Duration.class, 1, new DurationConverter())
        .withMapping(IntakeConfig.class)
        .withDefaultValues(
            Map.of(
                "burnish.intake.max-body", Long.toString(limit),
                "burnish.intake.max-on-disk", Long.toString(onDisk),
                "burnish.intake.uploads-at-once", "1",
                "burnish.intake.least-rate", "0",
                "burnish.intake.rate-over", "1s",
                "burnish.intake.max-files", "1",
                "burnish.intake.max-record", "1M",
                "burnish.intake.max-records", "10",
                "burnish.intake.directory", directory.toString()))
        .build()
        .getConfigMapping(IntakeConfig.class);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
