package io.burnish.directory;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.record.DataFileNames;
import io.burnish.record.JsonText;
import io.burnish.record.MalformedJsonException;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The records that earlier runs left in a file, read one by one. */
final class EarlierRecords {

  private EarlierRecords() {}

  /** Takes a record. */
  @FunctionalInterface
  interface Visitor {
    void visit(JsonNode record) throws IOException;
  }

  /**
   * Reads the records; none when the file does not exist.
   *
   * @param shown name of the file in messages
   * @throws UnwritableException when the file is not a list of records, or can't be read: it must
   *     not be replaced then
   */
  static void each(Path file, String shown, Visitor visitor)
      throws IOException, UnwritableException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw kept(shown, "it is not a regular file");
    }
    try (SeekableByteChannel channel = open(file, shown);
        JsonText text = JsonText.check(from -> at(channel, from), Integer.MAX_VALUE)) {
      if (DataFileNames.isLines(file.getFileName().toString())) {
        while (text.next() != null) {
          visitor.visit(value(text));
        }
      } else if (text.next() == JsonToken.START_ARRAY) {
        while (text.next() != JsonToken.END_ARRAY) {
          visitor.visit(value(text));
        }
        if (text.next() != null) {
          throw kept(shown, "there is more text after its list");
        }
      } else {
        throw kept(shown, "it does not hold a JSON list");
      }
    } catch (MalformedJsonException e) {
      throw kept(shown, e.withLocation());
    } catch (UncheckedIOException e) {
      throw kept(shown, FileErrors.reason(e.getCause()));
    }
  }

  private static SeekableByteChannel open(Path file, String shown) throws UnwritableException {
    try (CheckedDirectory directory = CheckedDirectory.open(file.getParent())) {
      return directory.read(file.getFileName());
    } catch (IOException e) {
      throw kept(shown, FileErrors.reason(e));
    }
  }

  private static InputStream at(SeekableByteChannel channel, long from) {
    try {
      return Channels.newInputStream(channel.position(from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode value(JsonText text) throws IOException {
    try {
      return RecordJson.read(text.parser());
    } catch (IOException e) {
      throw text.malformed(e);
    }
  }

  private static UnwritableException kept(String shown, String why) {
    return new UnwritableException(
        "%s of an earlier run can't be read (%s) and was left as it is: repair it or move it away"
            .formatted(shown, why));
  }
}
