package io.burnish.api;

import io.burnish.intake.Incoming;
import io.burnish.intake.Intake.Upload;
import io.burnish.intake.InvalidJobException;
import io.burnish.intake.InvalidJobException.Mistake;
import io.burnish.intake.Spool;
import io.burnish.intake.Spooled;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.resteasy.reactive.common.headers.HeaderUtil;
import org.jboss.resteasy.reactive.common.util.CaseInsensitiveMap;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser.ParseState;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a multipart body, each laid down on disk as it comes in; gone when this is closed.
 * The framework's own reading of forms would neither unpack, nor bound, nor say what went wrong.
 */
final class Uploads implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;

  /** Headers of a part that are longer than this are no headers. */
  private static final int LONGEST_SILENCE = 64 * 1024;

  private static final int MOST_PARTS = 10_000;

  private final List<Part> parts = new ArrayList<>();

  private Uploads() {}

  /**
   * One part.
   *
   * @param name of the form field
   * @param fileName as its owner named the file; empty when it is none
   * @param lines whether it says that it holds a record a line
   * @param body its bytes
   */
  private record Part(String name, Optional<String> fileName, boolean lines, Spooled body) {}

  /**
   * Reads a body to its end.
   *
   * @throws WrongMultipartException when it is not what its Content-Type says
   */
  static Uploads read(Incoming body, MediaType type, Spool spool) {
    String boundary = type.getParameters().get("boundary");
    if (boundary == null || boundary.isEmpty()) {
      throw new WrongMultipartException("Content-Type names no boundary");
    }
    Uploads uploads = new Uploads();
    try {
      uploads.readParts(body, boundary, spool);
      return uploads;
    } catch (RuntimeException e) {
      uploads.close();
      throw e;
    }
  }

  private void readParts(Incoming body, String boundary, Spool spool) {
    Receiver receiver = new Receiver(spool);
    ParseState parser =
        MultipartParser.beginParse(
            receiver, boundary.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8.name());
    byte[] buffer = new byte[BUFFER];
    try {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        receiver.silence += read;
        parser.parse(ByteBuffer.wrap(buffer, 0, read));
        if (receiver.silence > LONGEST_SILENCE + BUFFER && !parser.isComplete()) {
          throw new WrongMultipartException("a part begins with more headers than make sense");
        }
      }
    } catch (IOException e) {
      throw new WrongMultipartException("it is not made of parts as RFC 7578 has them");
    }
    if (!parser.isComplete()) {
      throw new WrongMultipartException("it ends before its last part does: was it cut off?");
    }
  }

  /** Puts each part where it belongs. */
  private final class Receiver implements MultipartParser.PartHandler {

    private final Spool spool;
    private int silence;

    Receiver(Spool spool) {
      this.spool = spool;
    }

    @Override
    public void beginPart(CaseInsensitiveMap<String> headers) {
      silence = 0;
      if (parts.size() == MOST_PARTS) {
        throw new WrongMultipartException("more than %d parts".formatted(MOST_PARTS));
      }
      String disposition = Optional.ofNullable(headers.getFirst("Content-Disposition")).orElse("");
      Optional<String> file =
          Optional.ofNullable(
                  HeaderUtil.extractQuotedValueFromHeaderWithEncoding(disposition, "filename"))
              .map(Uploads::plain);
      String type = Optional.ofNullable(headers.getFirst("Content-Type")).orElse("");
      parts.add(
          new Part(
              String.valueOf(HeaderUtil.extractQuotedValueFromHeader(disposition, "name")),
              file,
              lines(type, file.orElse("")),
              spool.open()));
    }

    @Override
    public void data(ByteBuffer bytes) {
      silence = 0;
      parts.get(parts.size() - 1).body().write(bytes);
    }

    @Override
    public void endPart() {
      silence = 0;
    }
  }

  /**
   * Browsers and curl send a quote and line ends in a name percent-encoded (Source: WHATWG HTML,
   * multipart form data).
   */
  private static String plain(String fileName) {
    return fileName.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
  }

  private static boolean lines(String type, String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return type.toLowerCase(Locale.ROOT).startsWith(PostResource.LINES)
        || name.endsWith(".ndjson")
        || name.endsWith(".jsonl");
  }

  /**
   * The files.
   *
   * @throws InvalidJobException when there are parts that nobody asked for
   */
  List<Upload> files() {
    List<Mistake> strangers =
        parts.stream()
            .filter(part -> !part.name().equals("file") && !part.name().equals("job"))
            .map(part -> new Mistake(part.name(), "there is no such part; known are file and job"))
            .toList();
    if (!strangers.isEmpty()) {
      throw new InvalidJobException(strangers);
    }
    return parts.stream()
        .filter(part -> part.name().equals("file") && !isLeftOut(part))
        .map(part -> new Upload(part.fileName().orElse("file"), part.lines(), part.body()))
        .toList();
  }

  /** A form's file field that nobody filled in is sent all the same, without name and content. */
  private static boolean isLeftOut(Part part) {
    return part.fileName().orElse("").isEmpty() && part.body().size() == 0;
  }

  /** The terms that come with the files; null: none did. */
  @Nullable Spooled job() {
    return parts.stream()
        .filter(part -> part.name().equals("job"))
        .map(Part::body)
        .findFirst()
        .orElse(null);
  }

  /** All that was posted, part by part: the boundary between them is another each time. */
  List<String> identity() {
    return parts.stream()
        .flatMap(
            part -> List.of(part.name(), part.fileName().orElse(""), part.body().sha256()).stream())
        .toList();
  }

  @Override
  public void close() {
    parts.forEach(part -> part.body().close());
  }

  /** A body is not the multipart that it says it is. */
  static final class WrongMultipartException extends BadRequestException {

    private static final long serialVersionUID = 1L;

    WrongMultipartException(String message) {
      super("the body is not multipart/form-data: " + message);
    }
  }
}
