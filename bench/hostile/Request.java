import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A request as it goes over the line, byte for byte: nothing is checked, completed or corrected.
 *
 * @param method as it is sent
 * @param target path and query, as they are sent, in ISO 8859-1
 * @param headers lines "Name: value"; Host and Connection are added where they are missing
 * @param body what follows the headers; null: nothing does
 * @param raw the whole request instead of all the above; null: it is made of them
 * @param show what a person is told that was sent
 */
record Request(
    String method, String target, List<String> headers, Body body, byte[] raw, String show) {

  private static final int SHOWN = 60;

  /** What follows the headers. */
  interface Body {
    /** In bytes; -1: not told beforehand, so that it goes in chunks. */
    long length();

    void write(OutputStream out) throws IOException;
  }

  static Request of(String method, String target) {
    return new Request(method, target, List.of(), null, null, method + " " + brief(target));
  }

  static Request get(String target) {
    return of("GET", target);
  }

  /** A whole request; the text must contain its end. */
  static Request raw(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return new Request("RAW", "", List.of(), null, bytes, brief(text));
  }

  static Request json(String body) {
    return post("application/json", body);
  }

  static Request json(byte[] body) {
    return of("POST", "/jobs").header("Content-Type: application/json").body(body);
  }

  static Request lines(String body) {
    return post("application/x-ndjson", body);
  }

  static Request lines(byte[] body) {
    return of("POST", "/jobs").header("Content-Type: application/x-ndjson").body(body);
  }

  static Request post(String type, String body) {
    return of("POST", "/jobs").header("Content-Type: " + type).body(body);
  }

  Request header(String line) {
    List<String> more = new ArrayList<>(headers);
    more.add(line);
    return new Request(method, target, List.copyOf(more), body, raw, show);
  }

  Request at(String otherTarget) {
    return new Request(method, otherTarget, headers, body, raw, brief(otherTarget) + " " + show);
  }

  Request body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  Request body(byte[] bytes) {
    Body whole =
        new Body() {
          @Override
          public long length() {
            return bytes.length;
          }

          @Override
          public void write(OutputStream out) throws IOException {
            out.write(bytes);
          }
        };
    String text = new String(bytes, 0, Math.min(bytes.length, SHOWN + 1), StandardCharsets.UTF_8);
    return new Request(method, target, headers, whole, raw, brief(text));
  }

  Request body(Path file) throws IOException {
    long size = Files.size(file);
    Body whole =
        new Body() {
          @Override
          public long length() {
            return size;
          }

          @Override
          public void write(OutputStream out) throws IOException {
            Files.copy(file, out);
          }
        };
    return new Request(method, target, headers, whole, raw, "%,d bytes".formatted(size));
  }

  /** The same, said in other words. */
  Request shown(String words) {
    return new Request(method, target, headers, body, raw, brief(words));
  }

  static byte[] gzip(byte[] plain) {
    try (ByteArrayOutputStream packed = new ByteArrayOutputStream()) {
      try (OutputStream out = new GZIPOutputStream(packed)) {
        out.write(plain);
      }
      return packed.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("memory takes bytes", e);
    }
  }

  static byte[] gzip(String plain) {
    return gzip(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** Short, on one line, without a control character. */
  static String brief(String text) {
    StringBuilder brief = new StringBuilder();
    for (int i = 0; i < text.length() && brief.length() < SHOWN; i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        brief.append("\\n");
      } else if (c == '\r') {
        brief.append("\\r");
      } else if (Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028') {
        brief.append("\\u%04x".formatted((int) c));
      } else {
        brief.append(c);
      }
    }
    return brief.length() < SHOWN ? brief.toString() : brief + "…";
  }
}
