package io.burnish.intake;

import io.burnish.intake.body.SpooledBody;
import io.burnish.intake.records.InvalidJobException;
import io.burnish.intake.records.RecordList;
import io.burnish.job.spec.JobMode;
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
 * @param dataDir the data directory that the files are to be read from; null: none
 * @param errors found so far
 */
record JobRequest(
    JobRequestOptions options,
    @Nullable RecordList records,
    @Nullable List<RequestFile> files,
    @Nullable String dataDir,
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
      return new JobRequest(new JobRequestOptions(errors), null, files, null, errors);
    }
    JobRequest job = JobReader.readPart(options);
    return new JobRequest(job.options, null, files, null, job.errors);
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
    return new JobRequest(options, records, null, null, errors);
  }

  /**
   * The same with the files of its data directory.
   *
   * @param path of the directory below the root
   */
  JobRequest in(String path, List<RequestFile> found) {
    return new JobRequest(options, null, found, path, errors);
  }

  /** Adds an error unless the data directory is all that the job is to be read from. */
  boolean isOfDirectoryAlone() {
    if (records != null || files != null) {
      errors.add(
          "dataDir", "can't be combined with \"records\" or \"files\": give one of the three");
    }
    if (options.mode == JobMode.STORE) {
      errors.add(
          "dataDir",
          "can't be combined with mode store, which has nothing to write back: post the enhanced_* files as \"files\"");
    }
    return errors.isEmpty();
  }

  /**
   * Reports all errors at once.
   *
   * @throws InvalidJobException when there are any
   */
  void requireValid() {
    if ((records == null) == (files == null) && errors.isEmpty()) {
      errors.add("", "give \"records\", \"files\" or \"dataDir\", and one of them only");
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
