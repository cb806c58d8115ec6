import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Multipart bodies, part by part, as they are wanted and not as they should be. */
final class Multipart {

  static final String BOUNDARY = "----hostile7MA4YWxk";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /** A part with these header lines, each without its end. */
  Multipart part(byte[] content, String... headers) {
    text("--" + BOUNDARY + "\r\n");
    for (String header : headers) {
      text(header + "\r\n");
    }
    text("\r\n");
    body.writeBytes(content);
    text("\r\n");
    return this;
  }

  Multipart part(String content, String... headers) {
    return part(content.getBytes(StandardCharsets.UTF_8), headers);
  }

  Multipart file(String name, String content) {
    return part(
        content,
        "Content-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"",
        "Content-Type: application/json");
  }

  Multipart job(String content) {
    return part(
        content, "Content-Disposition: form-data; name=\"job\"", "Content-Type: application/json");
  }

  Multipart text(String raw) {
    body.writeBytes(raw.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** With its end. */
  Request post() {
    text("--" + BOUNDARY + "--\r\n");
    return cut();
  }

  /** Without its end. */
  Request cut() {
    return Request.of("POST", "/jobs")
        .header("Content-Type: multipart/form-data; boundary=" + BOUNDARY)
        .body(body.toByteArray())
        .shown("upload of %,d bytes".formatted(body.size()));
  }

  /** Files: name, content, name, content. */
  static Request files(String... namesAndContents) {
    Multipart multipart = new Multipart();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      multipart.file(namesAndContents[i], namesAndContents[i + 1]);
    }
    return multipart.post();
  }
}
