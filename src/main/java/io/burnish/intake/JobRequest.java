package io.burnish.intake;

import io.burnish.record.Excerpt;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for a job, as it was posted.
 *
 * @param options name, profile, mode and options
 * @param records the records; null when there are files, or neither
 * @param files the files; null when there are records, or neither
 * @param errors found so far
 */
record JobRequest(
    JobRequestOptions options,
    @Nullable RecordList records,
    @Nullable List<RequestFile> files,
    ValidationErrors errors) {

  /**
   * A file of the job.
   *
   * @param name the client's name for it
   * @param records its records; null when it has none, or was rejected
   * @param error why it was rejected; null when it was not
   */
  record RequestFile(String name, @Nullable RecordList records, @Nullable String error) {}

  /**
   * Uploaded files.
   *
   * @param options the part {@code job}: everything but the records; null: none was sent
   */
  static JobRequest ofFiles(@Nullable SpooledBody options, List<RequestFile> files) {
    if (options == null) {
      ValidationErrors errors = new ValidationErrors();
      return new JobRequest(new JobRequestOptions(errors), null, files, errors);
    }
    JobRequest job = JobReader.readPart(options);
    return new JobRequest(job.options, null, files, job.errors);
  }

  /**
   * A body with a record a line, which has its options as query parameters.
   *
   * @param query each parameter with its values
   */
  static JobRequest ofLines(RecordList records, Map<String, List<String>> query) {
    ValidationErrors errors = new ValidationErrors();
    JobRequestOptions options = new JobRequestOptions(errors);
    options.query(query);
    return new JobRequest(options, records, null, errors);
  }

  /**
   * Reports all errors at once.
   *
   * @throws InvalidJobException when there are any
   */
  void requireValid() {
    if ((records == null) == (files == null) && errors.isEmpty()) {
      errors.add("", "give \"records\" or \"files\", and not both");
    }
    if (files != null) {
      checkNames(files);
    }
    options.check();
    errors.throwIfAny();
  }

  private void checkNames(List<RequestFile> named) {
    Set<String> names = new HashSet<>();
    for (RequestFile file : named) {
      if (!file.name().isBlank()) {
        errors.requireStorable("files", file.name());
      }
      if (!names.add(file.name()) && !file.name().isBlank()) {
        errors.add(
            "files",
            "two files are named \"%s\"; names must differ".formatted(Excerpt.of(file.name())));
      }
    }
  }
}
