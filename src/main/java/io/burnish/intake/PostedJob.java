package io.burnish.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.intake.InvalidJobException.Mistake;
import io.burnish.job.JobMode;
import io.burnish.job.JobOptions;
import io.burnish.job.JobOptions.Dedupe;
import io.burnish.job.JobPriority;
import io.burnish.profile.Profiles;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was posted, field by field; collects every mistake before it complains of any. */
final class PostedJob {

  static final String DEFAULT_PROFILE = "discount";

  private static final int LONGEST_NAME = 500;
  private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  private final List<Mistake> mistakes = new ArrayList<>();

  @Nullable String name;
  String profile = DEFAULT_PROFILE;
  JobMode mode = JobMode.ENHANCE;
  JobPriority priority = JobPriority.NORMAL;
  JobOptions options = JobOptions.DEFAULT;
  @Nullable RecordList records;
  @Nullable List<PostedFile> files;

  /** Reads the JSON form: a list of records, or an object that holds them. */
  static PostedJob read(Spooled body) {
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

  /**
   * Reads the object that goes with uploaded files: everything but the records.
   *
   * @param terms the object; null: none was sent
   */
  static PostedJob readTerms(@Nullable Spooled terms, List<PostedFile> files) {
    PostedJob job = terms == null ? new PostedJob() : read(terms);
    if (job.records != null || job.files != null) {
      job.mistake("job", "the records come in the parts named file; take them out of the part job");
    }
    job.records = null;
    job.files = files;
    return job;
  }

  /**
   * Reads terms that came as query parameters, for a body of lines has no place for them.
   *
   * @param query each parameter with its values
   */
  static PostedJob readQuery(Map<String, List<String>> query, RecordList records) {
    PostedJob job = new PostedJob();
    job.records = records;
    ObjectNode options = RecordJson.object();
    query.forEach(
        (parameter, values) -> {
          String value = values.get(0);
          switch (parameter) {
            case "name" -> job.name = value;
            case "profile" -> job.profile(value);
            case "mode" -> job.mode(value);
            case "dedupe", "priority" -> options.put(parameter, value);
            case "retryFailed" -> {
              if (value.equals("true") || value.equals("false")) {
                options.put(parameter, value.equals("true"));
              } else {
                options.put(parameter, value);
              }
            }
            case "rulesOff" -> {
              ArrayNode rules = options.putArray(parameter);
              values.forEach(list -> List.of(list.split(",")).forEach(rules::add));
            }
            default ->
                job.mistake(
                    parameter,
                    "there is no such parameter; known are name, profile, mode, priority, dedupe, retryFailed, rulesOff");
          }
        });
    job.options(options);
    return job;
  }

  private void field(RecordReader reader, String field) throws IOException {
    switch (field) {
      case "records" -> {
        once(field, records);
        records = list(reader, field) ? reader.records() : null;
      }
      case "files" -> {
        once(field, files);
        files = files(reader);
      }
      case "name" -> name = text(reader, field);
      case "profile" -> profile(text(reader, field));
      case "mode" -> mode(text(reader, field));
      case "options" -> options(value(reader, field));
      default -> {
        reader.raw();
        mistake(
            field,
            "there is no such field; known are records, files, name, profile, mode, options");
      }
    }
  }

  /** JSON lets a field come twice, and most readers take the last: half a batch would be lost. */
  private void once(String field, @Nullable Object before) {
    if (before != null) {
      mistake(field, "is given twice");
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

  /** The value that the reader stands at; null, with a mistake, when it is beyond all measure. */
  private JsonNode value(RecordReader reader, String field) throws IOException {
    try {
      return RecordJson.read(reader.raw());
    } catch (IllegalArgumentException e) {
      mistake(field, String.valueOf(e.getMessage()));
      return NullNode.getInstance();
    }
  }

  private @Nullable String text(RecordReader reader, String field) throws IOException {
    JsonNode value = value(reader, field);
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
        case "priority" -> priority = priority(value);
        case "dedupe" -> dedupe = dedupe(value);
        case "retryFailed" -> retryFailed = flag("options.retryFailed", value);
        case "rulesOff" -> rulesOff.addAll(names("options.rulesOff", value));
        default ->
            mistake(
                "options." + option.getKey(),
                "there is no such option; known are priority, dedupe, retryFailed, rulesOff");
      }
    }
    options = new JobOptions(dedupe, retryFailed, Set.copyOf(rulesOff));
  }

  private JobPriority priority(JsonNode value) {
    return JobPriority.of(value.asText())
        .orElseGet(
            () -> {
              mistake("options.priority", "must be \"low\", \"normal\" or \"high\"");
              return JobPriority.NORMAL;
            });
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
    List<RecordList> contents = new ArrayList<>();
    String[] fileName = {""};
    if (reader.atObject()) {
      reader.fields(
          field -> {
            switch (field) {
              case "name" -> fileName[0] = String.valueOf(text(reader, path + ".name"));
              case "records" -> {
                once(path + ".records", contents.isEmpty() ? null : contents);
                if (list(reader, path + ".records")) {
                  contents.add(reader.records());
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
    return new PostedFile(fileName[0], contents.isEmpty() ? null : contents.get(0), null);
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
    requireStorable("name", name);
    if (files != null) {
      files.forEach(file -> requireStorable("files", file.name()));
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

  /** PostgreSQL's text has no NUL, UTF-8 no half surrogates, and an index only short entries. */
  private void requireStorable(String field, @Nullable String text) {
    if (text != null && (text.length() > LONGEST_NAME || UNSTORABLE.matcher(text).find())) {
      mistake(
          field,
          "a name may have %d characters at most, and none of them may be NUL or half a surrogate pair"
              .formatted(LONGEST_NAME));
    }
  }

  /**
   * A file of the job.
   *
   * @param name as its owner named it
   * @param records its records; null when it has none, or was rejected
   * @param error why it was rejected, or null
   */
  record PostedFile(String name, @Nullable RecordList records, @Nullable String error) {}
}
