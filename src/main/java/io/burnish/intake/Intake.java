package io.burnish.intake;

import io.burnish.intake.InvalidJobException.FieldError;
import io.burnish.intake.JobRequest.PostedFile;
import io.burnish.job.JobSubmission;
import io.burnish.profile.Profiles;
import io.burnish.provider.ProviderConfig;
import io.burnish.record.Excerpt;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The door of this room: from what was posted to a job that can be stored. What is posted lies on
 * disk, and a submission reads its items from there: close what was spooled only when the
 * submission is stored. Thread-safe.
 */
@Singleton
public class Intake {

  /** Source: RFC 1952, ID1 and ID2. */
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  private final String provider;
  private final IntakeConfig limits;

  Intake(ProviderConfig provider, IntakeConfig limits) {
    this.provider = provider.kind().word();
    this.limits = limits;
  }

  private RecordBudget budget() {
    return new RecordBudget(limits.maxRecord().asLongValue(), limits.maxRecords());
  }

  /** Whether this version has a profile of that name; jobs of other versions may have others. */
  public boolean hasProfile(String profile) {
    return Profiles.named(profile).isPresent();
  }

  /**
   * A job from a JSON body.
   *
   * @throws MalformedBodyException when it is not JSON
   * @throws InvalidJobException when it is no job
   */
  public JobSubmission ofJson(SpooledBody body) {
    return submission(JobReader.read(body, budget()));
  }

  /**
   * A job from a body of a record a line.
   *
   * @param query the terms: name, profile, mode and the options, each with its values
   * @throws MalformedBodyException when a line is not JSON
   * @throws InvalidJobException when the terms are wrong
   */
  public JobSubmission ofLines(SpooledBody body, Map<String, List<String>> query) {
    return submission(JobRequest.ofLines(RecordReader.readLines(body, budget()), query));
  }

  /**
   * A job from uploaded files. A file that can't be read is rejected by itself, and the others go
   * on.
   *
   * @param job the JSON object that goes with them: name, profile, mode, options; null: none
   * @throws MalformedBodyException when {@code job} is not JSON
   * @throws InvalidJobException when it is no job, or no file of it can be read
   */
  public JobSubmission ofFiles(List<Upload> uploads, @Nullable SpooledBody job) {
    RecordBudget budget = budget();
    List<PostedFile> files = uploads.stream().map(upload -> read(upload, budget)).toList();
    if (files.isEmpty()) {
      throw new InvalidJobException(
          List.of(new FieldError("file", "upload at least one part named file")));
    }
    if (files.stream().allMatch(file -> file.error() != null)) {
      throw new InvalidJobException(
          files.stream()
              .map(file -> new FieldError(Excerpt.of(file.name()), String.valueOf(file.error())))
              .toList());
    }
    return submission(JobRequest.ofFiles(job, files));
  }

  private static PostedFile read(Upload upload, RecordBudget budget) {
    try {
      refuseGzip(upload.body());
      RecordList records =
          upload.lines()
              ? RecordReader.readLines(upload.body(), budget)
              : RecordReader.readFile(upload.body(), budget);
      return new PostedFile(upload.name(), records, null);
    } catch (MalformedBodyException e) {
      return new PostedFile(upload.name(), null, String.valueOf(e.getMessage()));
    }
  }

  private static void refuseGzip(SpooledBody body) {
    if (Arrays.equals(body.bytes(0, GZIP.length), GZIP)) {
      throw new MalformedBodyException(
          "it is gzip; unpack it before you upload it, or pack the whole body and send Content-Encoding: gzip",
          0,
          0);
    }
  }

  private JobSubmission submission(JobRequest posted) {
    posted.requireValid();
    JobRequestOptions terms = posted.terms();
    return new JobSubmission(
        terms.name,
        terms.profile,
        terms.mode,
        provider,
        terms.priority,
        terms.options,
        posted.files() == null
            ? List.of()
            : posted.files().stream()
                .map(file -> new JobSubmission.File(file.name(), file.error()))
                .toList(),
        new NewItems(posted, provider, limits.maxRecord().asLongValue()));
  }

  /**
   * A file as it was uploaded.
   *
   * @param name as its owner named it
   * @param lines whether it holds a record a line, rather than one JSON list
   * @param body its bytes
   */
  public record Upload(String name, boolean lines, SpooledBody body) {}
}
