package io.burnish.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.intake.JobRequest.RequestFile;
import io.burnish.intake.body.MalformedBodyException;
import io.burnish.intake.body.SpooledBody;
import io.burnish.intake.records.InvalidJobException;
import io.burnish.intake.records.RecordLimits;
import io.burnish.intake.records.RecordList;
import io.burnish.intake.records.RecordReader;
import io.burnish.record.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a job from JSON: a list of records, or an object that holds them. */
final class JobReader {

  private static final String WHOLE =
      "post a JSON list of records, or an object with \"records\", \"files\" or \"dataDir\"";

  /** Most elements of "files". */
  private static final int MOST_FILES = 10_000;

  private final RecordReader reader;
  private final boolean isPart;
  private final ValidationErrors errors = new ValidationErrors();
  private final JobRequestOptions options = new JobRequestOptions(errors);
  private final Set<String> seen = new HashSet<>();
  private @Nullable RecordList records;
  private @Nullable List<RequestFile> files;
  private @Nullable String dataDir;
  private boolean hasUnknownField;

  private JobReader(RecordReader reader, boolean isPart) {
    this.reader = reader;
    this.isPart = isPart;
  }

  /**
   * Reads a whole body.
   *
   * @throws MalformedBodyException when it is not JSON
   * @throws InvalidJobException when it holds more records than a job may have
   */
  static JobRequest read(SpooledBody body, RecordLimits limits) {
    return RecordReader.read(body, limits, reader -> new JobReader(reader, false).read());
  }

  /**
   * Reads the part {@code job} of a multipart body: an object without records.
   *
   * @throws MalformedBodyException when it is not JSON
   */
  static JobRequest readPart(SpooledBody part) {
    try {
      return RecordReader.read(
          part, new RecordLimits(0, 0), reader -> new JobReader(reader, true).readPart());
    } catch (MalformedBodyException e) {
      throw e.in("the part job");
    }
  }

  private JobRequest read() throws IOException {
    if (reader.atList()) {
      records = reader.records();
    } else if (reader.atObject()) {
      reader.fields(this::field);
      if (hasUnknownField && seen.isEmpty()) {
        errors.add("", "this looks like a record by itself: put it in a list, [ … ]");
      }
    } else {
      errors.add("", reader.atEnd() ? "the body is empty; " + WHOLE : WHOLE);
      reader.skip();
    }
    return new JobRequest(options, records, files, dataDir, errors);
  }

  private JobRequest readPart() throws IOException {
    if (reader.atObject()) {
      reader.fields(this::field);
    } else {
      errors.add(
          "job",
          reader.atEnd()
              ? "the part is empty: leave it out, or give an object with name, profile, mode, options"
              : "the part must be a JSON object with name, profile, mode, options");
      reader.skip();
    }
    return new JobRequest(options, records, files, dataDir, errors);
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "records", "files", "dataDir", "name", "profile", "mode", "options" -> {
        if (!seen.add(field)) {
          errors.add(field, "is given twice, again at %s".formatted(reader.where()));
          reader.skip();
        } else if (isPart && List.of("records", "files", "dataDir").contains(field)) {
          errors.add(
              "job." + field,
              "the records come in the parts named file; take them out of the part job");
          reader.skip();
        } else {
          known(field);
        }
      }
      default -> {
        reader.skip();
        hasUnknownField = true;
        errors.add(
            field,
            isPart
                ? "there is no such field; known are name, profile, mode, options"
                : "there is no such field; known are records, files, dataDir, name, profile, mode, options");
      }
    }
  }

  private void known(String field) throws IOException {
    switch (field) {
      case "records" -> records = list(field) ? reader.records() : null;
      case "files" -> files = files();
      case "dataDir" -> dataDir = text(field);
      case "name" -> options.name = text(field);
      case "profile" -> options.profile(text(field));
      case "mode" -> options.mode(text(field));
      default -> options.options(reader.value());
    }
  }

  private boolean list(String field) throws IOException {
    if (reader.atList()) {
      return true;
    }
    reader.skip();
    errors.add(field, "must be a list");
    return false;
  }

  /** The text; null when it is null, or is not text, which is an error. */
  private @Nullable String text(String field) throws IOException {
    JsonNode value = reader.value();
    if (!value.isTextual() && !value.isNull()) {
      errors.add(field, "must be text");
    }
    return value.isTextual() ? value.asText() : null;
  }

  private List<RequestFile> files() throws IOException {
    List<RequestFile> read = new ArrayList<>();
    if (list("files")) {
      reader.elements(
          () -> {
            if (read.size() == MOST_FILES) {
              errors.add("files", "a job may have %,d files at most".formatted(MOST_FILES));
              errors.throwIfAny();
            }
            read.add(file("files[%d]".formatted(read.size())));
          });
    }
    return read;
  }

  private RequestFile file(String path) throws IOException {
    RequestFileReader file = new RequestFileReader(path);
    if (reader.atObject()) {
      reader.fields(file::field);
      file.check();
    } else {
      reader.skip();
      errors.add(path, "must be an object with name and records");
    }
    return new RequestFile(file.name, file.contents, null);
  }

  /** Reads one element of "files". */
  private final class RequestFileReader {

    private final String path;
    private final Set<String> fields = new HashSet<>();
    private String name = "";
    private @Nullable RecordList contents;

    RequestFileReader(String path) {
      this.path = path;
    }

    void field(String field) throws IOException {
      String place = path + "." + field;
      if (!field.equals("name") && !field.equals("records")) {
        reader.skip();
        errors.add(
            path + "." + Excerpt.of(field), "there is no such field; known are name and records");
      } else if (!fields.add(field)) {
        errors.add(place, "is given twice, again at %s".formatted(reader.where()));
        reader.skip();
      } else if (field.equals("name")) {
        String given = text(place);
        name = given == null ? "" : given;
      } else if (list(place)) {
        contents = reader.records();
      }
    }

    void check() {
      if (name.isBlank()) {
        errors.add(path + ".name", "each file must have a name");
      }
      if (!fields.contains("records")) {
        errors.add(path + ".records", "each file must have a list of records");
      }
    }
  }
}
