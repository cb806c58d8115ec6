package io.burnish.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The body of a PUT of a state file: unpacked, and bounded packed or not. */
final class StateBody {

  /** An old state file of 100,000 ids has about 1 MB. In bytes. */
  static final int LIMIT = 32 * 1024 * 1024;

  private StateBody() {}

  /**
   * Reads a body to its end.
   *
   * @param packing the header Content-Encoding; null when there is none
   */
  static byte[] read(InputStream body, @Nullable String packing) {
    String coding = packing == null ? "" : packing.strip().toLowerCase(Locale.ROOT);
    try {
      return switch (coding) {
        case "", "identity" -> bounded(body);
        case "gzip", "x-gzip" -> unpacked(body.readNBytes(LIMIT));
        default ->
            throw Problem.unsupportedMediaType(
                "Content-Encoding is not gzip; " + TrackingResource.TAKES);
      };
    } catch (IOException e) {
      throw Problem.of(
          "broken-off", "The body broke off", 400, "the body broke off before its end");
    }
  }

  private static byte[] unpacked(byte[] packed) {
    try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return bounded(unpacked);
    } catch (IOException e) {
      throw Problem.of(
          "malformed",
          "The body can't be read",
          400,
          "the body is not the gzip that Content-Encoding says it is, or was cut off");
    }
  }

  private static byte[] bounded(InputStream body) throws IOException {
    byte[] read = body.readNBytes(LIMIT + 1);
    if (read.length > LIMIT) {
      throw Problem.tooLarge(
          "a state file may have %,d bytes at most, counted unpacked; send its keys in several files: each adds to what is tracked"
              .formatted(LIMIT));
    }
    return read;
  }
}
