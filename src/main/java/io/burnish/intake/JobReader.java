package io.burnish.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.burnish.intake.PostedJob.PostedFile;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a job in its JSON form: a list of records, or an object that holds them. */
final class JobReader {

  private final RecordReader reader;
  private final Mistakes mistakes = new Mistakes();
  private final PostedTerms terms = new PostedTerms(mistakes);
  private @Nullable RecordList records;
  private @Nullable List<PostedFile> files;

  private JobReader(RecordReader reader) {
    this.reader = reader;
  }

  /**
   * Reads a whole body.
   *
   * @throws MalformedBodyException when it is not JSON
   */
  static PostedJob read(Spooled body) {
    return RecordReader.read(body, reader -> new JobReader(reader).read());
  }

  private PostedJob read() throws IOException {
    if (reader.atList()) {
      records = reader.records();
    } else if (reader.atObject()) {
      reader.fields(this::field);
    } else {
      mistakes.add("", "post a JSON list of records, or an object with \"records\" or \"files\"");
    }
    return new PostedJob(terms, records, files, mistakes);
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "records" -> {
        mistakes.ifTwice(field, records);
        records = list(field) ? reader.records() : null;
      }
      case "files" -> {
        mistakes.ifTwice(field, files);
        files = files();
      }
      case "name" -> terms.name = text(field);
      case "profile" -> terms.profile(text(field));
      case "mode" -> terms.mode(text(field));
      case "options" -> terms.options(value(field));
      default -> {
        reader.raw();
        mistakes.add(
            field,
            "there is no such field; known are records, files, name, profile, mode, options");
      }
    }
  }

  private boolean list(String field) throws IOException {
    if (reader.atList()) {
      return true;
    }
    reader.raw();
    mistakes.add(field, "must be a list");
    return false;
  }

  /** The value that the reader stands at; null, with a mistake, when it is beyond all measure. */
  private JsonNode value(String field) throws IOException {
    try {
      return RecordJson.read(reader.raw());
    } catch (IllegalArgumentException e) {
      mistakes.add(field, String.valueOf(e.getMessage()));
      return NullNode.getInstance();
    }
  }

  private @Nullable String text(String field) throws IOException {
    JsonNode value = value(field);
    if (!value.isTextual() && !value.isNull()) {
      mistakes.add(field, "must be text");
    }
    return value.isTextual() ? value.asText() : null;
  }

  private List<PostedFile> files() throws IOException {
    List<PostedFile> read = new ArrayList<>();
    if (list("files")) {
      reader.elements(
          element -> {
            read.add(file("files[%d]".formatted(read.size())));
            return read;
          });
    }
    return read;
  }

  private PostedFile file(String path) throws IOException {
    List<RecordList> contents = new ArrayList<>();
    String[] fileName = {""};
    if (reader.atObject()) {
      reader.fields(
          field -> {
            switch (field) {
              case "name" -> fileName[0] = String.valueOf(text(path + ".name"));
              case "records" -> {
                mistakes.ifTwice(path + ".records", contents.isEmpty() ? null : contents);
                if (list(path + ".records")) {
                  contents.add(reader.records());
                }
              }
              default -> {
                reader.raw();
                mistakes.add(
                    path + "." + field, "there is no such field; known are name and records");
              }
            }
          });
    } else {
      reader.raw();
    }
    if (fileName[0].isBlank()) {
      mistakes.add(path + ".name", "each file must have a name");
    }
    return new PostedFile(fileName[0], contents.isEmpty() ? null : contents.get(0), null);
  }
}
