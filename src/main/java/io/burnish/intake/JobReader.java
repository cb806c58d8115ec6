package io.burnish.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.intake.JobRequest.PostedFile;
import io.burnish.record.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a job in its JSON form: a list of records, or an object that holds them. */
final class JobReader {

  private static final String WHOLE =
      "post a JSON list of records, or an object with \"records\" or \"files\"";

  private static final int MOST_FILES = 10_000;

  private final RecordReader reader;
  private final boolean withFiles;
  private final ValidationErrors mistakes = new ValidationErrors();
  private final JobRequestOptions terms = new JobRequestOptions(mistakes);
  private final Set<String> given = new HashSet<>();
  private @Nullable RecordList records;
  private @Nullable List<PostedFile> files;
  private boolean likeRecord;

  private JobReader(RecordReader reader, boolean withFiles) {
    this.reader = reader;
    this.withFiles = withFiles;
  }

  /**
   * Reads a whole body.
   *
   * @throws MalformedBodyException when it is not JSON
   * @throws InvalidJobException when it holds more records than a job may have
   */
  static JobRequest read(SpooledBody body, RecordBudget budget) {
    return RecordReader.read(body, budget, reader -> new JobReader(reader, false).read());
  }

  /**
   * Reads the part {@code job} that goes with uploaded files: the terms alone.
   *
   * @throws MalformedBodyException when it is not JSON
   */
  static JobRequest readPart(SpooledBody part) {
    try {
      return RecordReader.read(
          part, new RecordBudget(0, 0), reader -> new JobReader(reader, true).readPart());
    } catch (MalformedBodyException e) {
      throw e.in("the part job");
    }
  }

  private JobRequest read() throws IOException {
    if (reader.atList()) {
      records = reader.records();
    } else if (reader.atObject()) {
      reader.fields(this::field);
      if (likeRecord && given.isEmpty()) {
        mistakes.add("", "this looks like a record by itself: put it in a list, [ … ]");
      }
    } else {
      mistakes.add("", reader.atEnd() ? "the body is empty; " + WHOLE : WHOLE);
      reader.skip();
    }
    return new JobRequest(terms, records, files, mistakes);
  }

  private JobRequest readPart() throws IOException {
    if (reader.atObject()) {
      reader.fields(this::field);
    } else {
      mistakes.add(
          "job",
          reader.atEnd()
              ? "the part is empty: leave it out, or give an object with name, profile, mode, options"
              : "the part must be a JSON object with name, profile, mode, options");
      reader.skip();
    }
    return new JobRequest(terms, records, files, mistakes);
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "records", "files", "name", "profile", "mode", "options" -> {
        if (!given.add(field)) {
          mistakes.add(field, "is given twice, again at %s".formatted(reader.where()));
          reader.skip();
        } else if (withFiles && (field.equals("records") || field.equals("files"))) {
          mistakes.add(
              "job." + field,
              "the records come in the parts named file; take them out of the part job");
          reader.skip();
        } else {
          known(field);
        }
      }
      default -> {
        reader.skip();
        likeRecord = true;
        mistakes.add(
            field,
            withFiles
                ? "there is no such field; known are name, profile, mode, options"
                : "there is no such field; known are records, files, name, profile, mode, options");
      }
    }
  }

  private void known(String field) throws IOException {
    switch (field) {
      case "records" -> records = list(field) ? reader.records() : null;
      case "files" -> files = files();
      case "name" -> terms.name = text(field);
      case "profile" -> terms.profile(text(field));
      case "mode" -> terms.mode(text(field));
      default -> terms.options(reader.value());
    }
  }

  private boolean list(String field) throws IOException {
    if (reader.atList()) {
      return true;
    }
    reader.skip();
    mistakes.add(field, "must be a list");
    return false;
  }

  /** Null, when it is; also when it is no text, with a mistake. */
  private @Nullable String text(String field) throws IOException {
    JsonNode value = reader.value();
    if (!value.isTextual() && !value.isNull()) {
      mistakes.add(field, "must be text");
    }
    return value.isTextual() ? value.asText() : null;
  }

  private List<PostedFile> files() throws IOException {
    List<PostedFile> read = new ArrayList<>();
    if (list("files")) {
      reader.elements(
          () -> {
            if (read.size() == MOST_FILES) {
              mistakes.add("files", "a job may have %,d files at most".formatted(MOST_FILES));
              mistakes.complain();
            }
            read.add(file("files[%d]".formatted(read.size())));
          });
    }
    return read;
  }

  private PostedFile file(String path) throws IOException {
    PostedFileReader file = new PostedFileReader(path);
    if (reader.atObject()) {
      reader.fields(file::field);
      file.check();
    } else {
      reader.skip();
      mistakes.add(path, "must be an object with name and records");
    }
    return new PostedFile(file.name, file.contents, null);
  }

  /** Reads one element of "files". */
  private final class PostedFileReader {

    private final String path;
    private final Set<String> fields = new HashSet<>();
    private String name = "";
    private @Nullable RecordList contents;

    PostedFileReader(String path) {
      this.path = path;
    }

    void field(String field) throws IOException {
      String place = path + "." + field;
      if (!field.equals("name") && !field.equals("records")) {
        reader.skip();
        mistakes.add(
            path + "." + Excerpt.of(field), "there is no such field; known are name and records");
      } else if (!fields.add(field)) {
        mistakes.add(place, "is given twice, again at %s".formatted(reader.where()));
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
        mistakes.add(path + ".name", "each file must have a name");
      }
      if (!fields.contains("records")) {
        mistakes.add(path + ".records", "each file must have a list of records");
      }
    }
  }
}
