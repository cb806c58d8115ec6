package io.burnish.intake;

import io.burnish.record.Excerpt;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was posted.
 *
 * @param terms what is wanted
 * @param records the records; null when there are files, or neither
 * @param files the files; null when there are records, or neither
 * @param mistakes that were found in it so far
 */
record JobRequest(
    JobRequestOptions terms,
    @Nullable RecordList records,
    @Nullable List<PostedFile> files,
    ValidationErrors mistakes) {

  /**
   * A file of the job.
   *
   * @param name as its owner named it
   * @param records its records; null when it has none, or was rejected
   * @param error why it was rejected, or null
   */
  record PostedFile(String name, @Nullable RecordList records, @Nullable String error) {}

  /**
   * Files, with the object that went with them: everything but the records.
   *
   * @param terms the object; null: none was sent
   */
  static JobRequest ofFiles(@Nullable SpooledBody terms, List<PostedFile> files) {
    if (terms == null) {
      ValidationErrors mistakes = new ValidationErrors();
      return new JobRequest(new JobRequestOptions(mistakes), null, files, mistakes);
    }
    JobRequest job = JobReader.readPart(terms);
    return new JobRequest(job.terms, null, files, job.mistakes);
  }

  /**
   * Records whose terms are query parameters, for a body of lines has no place for them.
   *
   * @param query each parameter with its values
   */
  static JobRequest ofLines(RecordList records, Map<String, List<String>> query) {
    ValidationErrors mistakes = new ValidationErrors();
    JobRequestOptions terms = new JobRequestOptions(mistakes);
    terms.query(query);
    return new JobRequest(terms, records, null, mistakes);
  }

  /**
   * Complains of all mistakes at once.
   *
   * @throws InvalidJobException when there are any
   */
  void requireValid() {
    if ((records == null) == (files == null) && mistakes.none()) {
      mistakes.add("", "give \"records\" or \"files\", and not both");
    }
    if (files != null) {
      checkNames(files);
    }
    terms.check();
    mistakes.complain();
  }

  private void checkNames(List<PostedFile> named) {
    Set<String> names = new HashSet<>();
    for (PostedFile file : named) {
      if (!file.name().isBlank()) {
        mistakes.unlessStorable("files", file.name());
      }
      if (!names.add(file.name()) && !file.name().isBlank()) {
        mistakes.add(
            "files",
            "two files are named \"%s\"; names must differ".formatted(Excerpt.of(file.name())));
      }
    }
  }
}
