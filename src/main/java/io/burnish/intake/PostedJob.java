package io.burnish.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.intake.InvalidJobException.Mistake;
import io.burnish.job.JobMode;
import io.burnish.job.JobOptions;
import io.burnish.job.JobOptions.Dedupe;
import io.burnish.profile.Profiles;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was posted, field by field; collects every mistake before it complains of any. */
final class PostedJob {

  static final String DEFAULT_PROFILE = "discount";

  private final List<Mistake> mistakes = new ArrayList<>();

  @Nullable String name;
  String profile = DEFAULT_PROFILE;
  JobMode mode = JobMode.ENHANCE;
  JobOptions options = JobOptions.DEFAULT;
  @Nullable List<RawRecord> records;
  @Nullable List<PostedFile> files;

  /** Reads the JSON form: a list of records, or an object that holds them. */
  static PostedJob read(byte[] body) {
    return RecordReader.read(
        body,
        reader -> {
          PostedJob job = new PostedJob();
          if (reader.atList()) {
            job.records = reader.records();
          } else if (reader.atObject()) {
            reader.fields(field -> job.field(reader, field));
          } else {
            job.mistake(
                "", "post a JSON list of records, or an object with \"records\" or \"files\"");
          }
          return job;
        });
  }

  /** Reads the object that goes with uploaded files: everything but the records. */
  static PostedJob readTerms(byte[] body, List<PostedFile> files) {
    PostedJob job = read(body);
    if (job.records != null || job.files != null) {
      job.mistake("job", "the records come in the parts named file; take them out of the part job");
    }
    job.records = null;
    job.files = files;
    return job;
  }

  private void field(RecordReader reader, String field) throws IOException {
    switch (field) {
      case "records" -> records = list(reader, field) ? reader.records() : List.of();
      case "files" -> files = files(reader);
      case "name" -> name = text(reader, field);
      case "profile" -> profile(text(reader, field));
      case "mode" -> mode(text(reader, field));
      case "options" -> options(RecordJson.read(reader.raw()));
      default -> {
        reader.raw();
        mistake(
            field,
            "there is no such field; known are records, files, name, profile, mode, options");
      }
    }
  }

  private boolean list(RecordReader reader, String field) throws IOException {
    if (reader.atList()) {
      return true;
    }
    reader.raw();
    mistake(field, "must be a list");
    return false;
  }

  private @Nullable String text(RecordReader reader, String field) throws IOException {
    JsonNode value = RecordJson.read(reader.raw());
    if (!value.isTextual() && !value.isNull()) {
      mistake(field, "must be text");
    }
    return value.isTextual() ? value.asText() : null;
  }

  private void profile(@Nullable String wanted) {
    if (wanted != null && Profiles.named(wanted).isEmpty()) {
      mistake("profile", "\"%s\" is not known; known are %s".formatted(wanted, Profiles.names()));
    } else if (wanted != null) {
      profile = wanted;
    }
  }

  private void mode(@Nullable String wanted) {
    if (wanted != null) {
      JobMode.of(wanted)
          .ifPresentOrElse(
              known -> mode = known,
              () ->
                  mistake(
                      "mode",
                      "\"%s\" is not known; known are enhance and store".formatted(wanted)));
    }
  }

  private void options(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      mistake("options", "must be an object");
      return;
    }
    Dedupe dedupe = JobOptions.DEFAULT.dedupe();
    boolean retryFailed = JobOptions.DEFAULT.retryFailed();
    Set<String> rulesOff = new HashSet<>();
    for (var option : object.properties()) {
      JsonNode value = option.getValue();
      switch (option.getKey()) {
        case "dedupe" -> dedupe = dedupe(value);
        case "retryFailed" -> retryFailed = flag("options.retryFailed", value);
        case "rulesOff" -> rulesOff.addAll(names("options.rulesOff", value));
        default ->
            mistake(
                "options." + option.getKey(),
                "there is no such option; known are dedupe, retryFailed, rulesOff");
      }
    }
    options = new JobOptions(dedupe, retryFailed, Set.copyOf(rulesOff));
  }

  private Dedupe dedupe(JsonNode value) {
    switch (value.asText()) {
      case "content":
        return Dedupe.CONTENT;
      case "id":
        return Dedupe.ID;
      case "none":
        return Dedupe.NONE;
      default:
        mistake("options.dedupe", "must be \"content\", \"id\" or \"none\"");
        return Dedupe.CONTENT;
    }
  }

  private boolean flag(String field, JsonNode value) {
    if (!value.isBoolean()) {
      mistake(field, "must be true or false");
    }
    return value.asBoolean();
  }

  private List<String> names(String field, JsonNode value) {
    List<String> names = new ArrayList<>();
    value.forEach(name -> names.add(name.asText()));
    if (!value.isArray() || names.contains("")) {
      mistake(field, "must be a list of names of rules");
    }
    return names;
  }

  private List<PostedFile> files(RecordReader reader) throws IOException {
    List<PostedFile> read = new ArrayList<>();
    if (list(reader, "files")) {
      reader.elements(
          element -> {
            read.add(file(element, "files[%d]".formatted(read.size())));
            return read;
          });
    }
    return read;
  }

  private PostedFile file(RecordReader reader, String path) throws IOException {
    List<RawRecord> contents = new ArrayList<>();
    String[] fileName = {""};
    if (reader.atObject()) {
      reader.fields(
          field -> {
            switch (field) {
              case "name" -> fileName[0] = String.valueOf(text(reader, path + ".name"));
              case "records" -> {
                if (list(reader, path + ".records")) {
                  contents.addAll(reader.records());
                }
              }
              default -> {
                reader.raw();
                mistake(path + "." + field, "there is no such field; known are name and records");
              }
            }
          });
    } else {
      reader.raw();
    }
    if (fileName[0].isBlank()) {
      mistake(path + ".name", "each file must have a name");
    }
    return new PostedFile(fileName[0], contents, null);
  }

  void mistake(String field, String message) {
    mistakes.add(new Mistake(field, message));
  }

  /**
   * Complains of all mistakes at once.
   *
   * @throws InvalidJobException when there are any
   */
  void requireValid() {
    if ((records == null) == (files == null) && mistakes.isEmpty()) {
      mistake("", "give \"records\" or \"files\", and not both");
    }
    if (files != null) {
      Set<String> names = new HashSet<>();
      files.stream()
          .filter(file -> !names.add(file.name()))
          .forEach(
              file ->
                  mistake(
                      "files",
                      "two files are named \"%s\"; names must differ".formatted(file.name())));
    }
    List<String> rules = Profiles.named(profile).orElseThrow().ruleNames();
    options.rulesOff().stream()
        .filter(rule -> !rules.contains(rule))
        .sorted()
        .forEach(
            rule ->
                mistake(
                    "options.rulesOff",
                    "there is no rule \"%s\"; known are %s"
                        .formatted(rule, String.join(", ", rules))));
    if (!mistakes.isEmpty()) {
      throw new InvalidJobException(mistakes);
    }
  }

  /**
   * A file of the job.
   *
   * @param name as its owner named it
   * @param records its records; empty when it was rejected
   * @param error why it was rejected, or null
   */
  record PostedFile(String name, List<RawRecord> records, @Nullable String error) {}
}
