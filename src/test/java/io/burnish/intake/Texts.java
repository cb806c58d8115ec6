package io.burnish.intake;

import io.burnish.intake.body.BoundedBody;
import io.burnish.intake.body.SpooledBody;
import io.burnish.intake.records.RecordLimits;
import io.burnish.intake.records.RecordList;
import io.burnish.queue.item.StreamedText;
import io.burnish.record.RecordJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Request bodies in the spool directory. */
public final class Texts {

  private static final long LIMIT = 1L << 30;

  private Texts() {}

  public static SpooledBody spooled(String text) {
    return spooled(text.getBytes(StandardCharsets.UTF_8));
  }

  public static SpooledBody spooled(byte[] bytes) {
    SpooledBody spooled = new SpooledBody(channel());
    BoundedBody incoming = BoundedBody.plain(new ByteArrayInputStream(bytes), LIMIT);
    byte[] buffer = new byte[1000];
    for (int read = incoming.read(buffer, 0, buffer.length);
        read >= 0;
        read = incoming.read(buffer, 0, buffer.length)) {
      spooled.write(java.nio.ByteBuffer.wrap(buffer, 0, read));
    }
    return spooled;
  }

  static FileChannel channel() {
    try {
      Path file = Files.createTempFile("burnish-test-", ".body");
      return FileChannel.open(
          file,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw new UncheckedIOException("a test needs a file", e);
    }
  }

  /** Limits that only their own tests reach. */
  public static RecordLimits budget() {
    return new RecordLimits(256 * 1024, 2_000_000);
  }

  private static String text(StreamedText streamed) {
    try {
      return new String(
          streamed.content().get().readNBytes(streamed.size()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a test's file", e);
    }
  }

  public static List<String> recordsOf(RecordList list) {
    List<String> records = new ArrayList<>();
    list.forEach(
        record ->
            records.add(
                record.value() == null
                    ? text(record.tooLarge())
                    : RecordJson.write(record.value())));
    return records;
  }
}
