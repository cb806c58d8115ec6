package io.burnish.api.post;

import io.burnish.api.body.PostedBody;
import io.burnish.api.input.MediaTypes;
import io.burnish.api.problem.WrongMultipartException;
import io.burnish.intake.Intake.Upload;
import io.burnish.intake.body.SpooledBody;
import io.burnish.intake.records.InvalidJobException;
import io.burnish.intake.records.InvalidJobException.FieldError;
import io.burnish.record.DataFileNames;
import io.burnish.record.Excerpt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.multipart.FileItem;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;
import org.jspecify.annotations.Nullable;

/** The parts of a multipart body: files, and the part with the options of the job. */
final class Uploads {

  private static final String FILE = "file";
  private static final String JOB = "job";

  /** The form reader writes this for bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private final List<Part> parts;

  private Uploads(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * One part.
   *
   * @param name of the form field
   * @param fileName as it was sent; empty when none was sent
   * @param lines whether it is NDJSON, by its type or name
   * @param body its bytes
   */
  private record Part(String name, Optional<String> fileName, boolean lines, SpooledBody body) {}

  /**
   * The parts of a form.
   *
   * @param posted closes the parts
   * @throws InvalidJobException when there are parts with other names, several parts named job, or
   *     files without a name
   * @throws WrongMultipartException when a part has no name or is not UTF-8
   */
  static Uploads of(MultipartFormDataInput form, PostedBody posted) {
    List<FieldError> errors = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    SpooledBody.OpenPart open = posted.keep(new SpooledBody.OpenPart());
    form.getValues()
        .forEach(
            (name, values) -> {
              if (name == null) {
                throw new WrongMultipartException("a part has no Content-Disposition with a name");
              }
              if (!FILE.equals(name) && !JOB.equals(name)) {
                errors.add(
                    new FieldError(
                        String.valueOf(name), "is not the name of a part; known are file and job"));
              } else {
                values.forEach(value -> parts.add(part(name, value, open, posted)));
              }
            });
    Uploads uploads = new Uploads(parts);
    uploads.check(errors);
    return uploads;
  }

  private static Part part(
      String name, FormValue value, SpooledBody.OpenPart open, PostedBody posted) {
    String disposition = value.getHeaders().getFirst("Content-Disposition");
    if (disposition == null) {
      throw new WrongMultipartException("a part has no Content-Disposition");
    }
    Optional<String> fileName = PartName.of(disposition, value.getFileName());
    String type = Optional.ofNullable(value.getHeaders().getFirst("Content-Type")).orElse("");
    return new Part(name, fileName, lines(type, fileName.orElse("")), body(value, open, posted));
  }

  /**
   * A part without a file name is small, and the form reader keeps it in memory; as text, if its
   * type is text or missing. Bytes that are not UTF-8 are replaced by then, and the replacement
   * can't be distinguished from the same character in the input: both are refused.
   */
  private static SpooledBody body(FormValue value, SpooledBody.OpenPart open, PostedBody posted) {
    try {
      if (!value.isFileItem()) {
        requireUtf8(value);
        return posted.spooled(value.getValue().getBytes(StandardCharsets.UTF_8));
      }
      FileItem file = value.getFileItem();
      if (file.isInMemory()) {
        return posted.spooled(file.getInputStream().readAllBytes());
      }
      return SpooledBody.part(file.getFile(), file.getFileSize(), open, posted.client());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a part from disk", e);
    }
  }

  private static void requireUtf8(FormValue value) {
    String charset = value.getCharset();
    if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
      throw new WrongMultipartException(
          "a part has the charset %s, but all text must be UTF-8".formatted(Excerpt.of(charset)));
    }
    if (value.getValue().indexOf(REPLACEMENT) >= 0) {
      throw new WrongMultipartException(
          "a text part is not UTF-8, or has the character U+FFFD; send that character in a part of type application/json");
    }
  }

  private static boolean lines(String type, String fileName) {
    return type.toLowerCase(Locale.ROOT).startsWith(MediaTypes.LINES)
        || DataFileNames.isLines(fileName);
  }

  private void check(List<FieldError> errors) {
    if (parts.stream().filter(part -> part.name().equals(JOB)).count() > 1) {
      errors.add(new FieldError(JOB, "may be given once"));
    }
    if (parts.stream().anyMatch(part -> part.name().equals(FILE) && isNameless(part))) {
      errors.add(new FieldError(FILE, "a file must have a name: send filename=\"…\" with a name"));
    }
    if (!errors.isEmpty()) {
      throw new InvalidJobException(errors);
    }
  }

  private static boolean isNameless(Part part) {
    return part.fileName().map(String::isBlank).orElse(false) && !isLeftOut(part);
  }

  /** Browsers send a file field without a file as a part without name and content. */
  private static boolean isLeftOut(Part part) {
    return part.fileName().orElse("").isEmpty() && part.body().size() == 0;
  }

  /** The files. */
  List<Upload> files() {
    return parts.stream()
        .filter(part -> part.name().equals(FILE) && !isLeftOut(part))
        .map(part -> new Upload(part.fileName().orElse(FILE), part.lines(), part.body()))
        .toList();
  }

  /** The part with the options of the job; null: none was sent. */
  @Nullable SpooledBody job() {
    return parts.stream()
        .filter(part -> part.name().equals(JOB))
        .map(Part::body)
        .findFirst()
        .orElse(null);
  }

  /** The content of all parts, without the boundary, which differs between two requests. */
  List<String> identity() {
    return parts.stream()
        .flatMap(
            part -> List.of(part.name(), part.fileName().orElse(""), part.body().sha256()).stream())
        .toList();
  }
}
