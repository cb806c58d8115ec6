package io.burnish.intake;

import io.burnish.intake.InvalidJobException.Mistake;
import io.burnish.intake.PostedJob.PostedFile;
import io.burnish.job.JobSubmission;
import io.burnish.profile.Profiles;
import io.burnish.provider.ProviderConfig;
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

  Intake(ProviderConfig provider) {
    this.provider = provider.kind().word();
  }

  /** Whether this version has a profile of that name; jobs of other versions may have others. */
  public boolean knows(String profile) {
    return Profiles.named(profile).isPresent();
  }

  /**
   * A job from a JSON body.
   *
   * @throws MalformedBodyException when it is not JSON
   * @throws InvalidJobException when it is no job
   */
  public JobSubmission ofJson(Spooled body) {
    return submission(JobReader.read(body));
  }

  /**
   * A job from a body of a record a line.
   *
   * @param query the terms: name, profile, mode and the options, each with its values
   * @throws MalformedBodyException when a line is not JSON
   * @throws InvalidJobException when the terms are wrong
   */
  public JobSubmission ofLines(Spooled body, Map<String, List<String>> query) {
    return submission(PostedJob.ofLines(LineReader.readAll(body), query));
  }

  /**
   * A job from uploaded files. A file that can't be read is rejected by itself, and the others go
   * on.
   *
   * @param job the JSON object that goes with them: name, profile, mode, options; null: none
   * @throws MalformedBodyException when {@code job} is not JSON
   * @throws InvalidJobException when it is no job, or no file of it can be read
   */
  public JobSubmission ofFiles(List<Upload> uploads, @Nullable Spooled job) {
    List<PostedFile> files = uploads.stream().map(Intake::read).toList();
    if (files.isEmpty()) {
      throw new InvalidJobException(
          List.of(new Mistake("file", "upload at least one part named file")));
    }
    if (files.stream().allMatch(file -> file.error() != null)) {
      throw new InvalidJobException(
          files.stream()
              .map(file -> new Mistake(file.name(), String.valueOf(file.error())))
              .toList());
    }
    return submission(PostedJob.ofFiles(job, files));
  }

  private static PostedFile read(Upload upload) {
    try {
      refuseGzip(upload.body());
      RecordList records =
          upload.lines() ? LineReader.readAll(upload.body()) : RecordReader.readFile(upload.body());
      return new PostedFile(upload.name(), records, null);
    } catch (MalformedBodyException e) {
      return new PostedFile(upload.name(), null, String.valueOf(e.getMessage()));
    }
  }

  private static void refuseGzip(Spooled body) {
    if (Arrays.equals(body.bytes(0, GZIP.length), GZIP)) {
      throw new MalformedBodyException(
          "it is gzip; unpack it before you upload it, or pack the whole body and send Content-Encoding: gzip",
          0,
          0);
    }
  }

  private JobSubmission submission(PostedJob posted) {
    posted.requireValid();
    PostedTerms terms = posted.terms();
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
        new NewItems(posted, provider));
  }

  /**
   * A file as it was uploaded.
   *
   * @param name as its owner named it
   * @param lines whether it holds a record a line, rather than one JSON list
   * @param body its bytes
   */
  public record Upload(String name, boolean lines, Spooled body) {}
}
