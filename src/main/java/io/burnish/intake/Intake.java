package io.burnish.intake;

import io.burnish.intake.InvalidJobException.Mistake;
import io.burnish.intake.PostedJob.PostedFile;
import io.burnish.job.JobMode;
import io.burnish.job.JobOptions.Dedupe;
import io.burnish.job.JobSubmission;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.provider.ProviderConfig;
import io.burnish.queue.NewItem;
import io.burnish.record.Fingerprint;
import io.burnish.record.SourceRecord;
import io.burnish.validation.Violation;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The door of this room: from what was posted to a job that can be stored. Thread-safe. */
@Singleton
public class Intake {

  private static final String NO_TERMS = "{}";

  private final String provider;

  Intake(ProviderConfig provider) {
    this.provider = provider.kind().word();
  }

  /**
   * A job from a JSON body.
   *
   * @throws MalformedBodyException when it is not JSON
   * @throws InvalidJobException when it is no job
   */
  public JobSubmission ofJson(byte[] body) {
    return submission(PostedJob.read(body));
  }

  /**
   * A job from uploaded files. A file that can't be read is rejected by itself, and the others go
   * on.
   *
   * @param job the JSON object that goes with them: name, profile, mode, options; null: none
   * @throws MalformedBodyException when {@code job} is not JSON
   * @throws InvalidJobException when it is no job, or no file of it can be read
   */
  public JobSubmission ofFiles(List<Upload> uploads, @Nullable String job) {
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
    return submission(
        PostedJob.readTerms(
            (job == null ? NO_TERMS : job).getBytes(StandardCharsets.UTF_8), files));
  }

  private static PostedFile read(Upload upload) {
    try {
      return new PostedFile(upload.name(), RecordReader.readFile(upload.body()), null);
    } catch (MalformedBodyException e) {
      return new PostedFile(upload.name(), List.of(), String.valueOf(e.getMessage()));
    }
  }

  private JobSubmission submission(PostedJob posted) {
    posted.requireValid();
    List<NewItem> items = new ArrayList<>();
    if (posted.records != null) {
      posted.records.forEach(record -> items.add(item(posted, record, items.size(), null)));
    } else {
      for (int i = 0; i < posted.files.size(); i++) {
        int ordinal = i;
        posted
            .files
            .get(i)
            .records()
            .forEach(record -> items.add(item(posted, record, items.size(), ordinal)));
      }
    }
    return new JobSubmission(
        posted.name,
        posted.profile,
        posted.mode,
        provider,
        posted.options,
        posted.files == null
            ? List.of()
            : posted.files.stream()
                .map(file -> new JobSubmission.File(file.name(), file.error()))
                .toList(),
        items);
  }

  private NewItem item(PostedJob posted, RawRecord raw, int seq, @Nullable Integer file) {
    if (!raw.object()) {
      return NewItem.failed(
          seq, file, raw.json(), null, "not_an_object", List.of("a record must be a JSON object"));
    }
    Profile profile = Profiles.named(posted.profile).orElseThrow();
    SourceRecord source = SourceRecord.of(raw.json());
    String key = profile.key(source).orElse(null);
    List<Violation> violations =
        posted.mode == JobMode.STORE
            ? profile.checkEnhanced(source)
            : profile.admit(source, posted.options.rulesOff());
    if (!violations.isEmpty()) {
      return NewItem.failed(
          seq,
          file,
          raw.json(),
          key,
          violations.get(0).rule(),
          violations.stream().map(Violation::sentence).toList());
    }
    if (posted.mode == JobMode.STORE) {
      return NewItem.stored(
          seq,
          file,
          raw.json(),
          key,
          Fingerprint.of("stored", profile.name(), profile.version(), "", source.tree()));
    }
    return NewItem.ready(
        seq, file, raw.json(), key, shared(posted.options.dedupe(), profile, source));
  }

  /**
   * By what the record is the same as others. An answer of the simulated provider must never be
   * taken for a real one: each provider's records are known apart.
   */
  private @Nullable Fingerprint shared(Dedupe dedupe, Profile profile, SourceRecord source) {
    return switch (dedupe) {
      case CONTENT -> profile.fingerprint(provider, source);
      case ID ->
          profile
              .key(source)
              .map(key -> Fingerprint.ofKey(provider, profile.name(), key))
              .orElseGet(() -> profile.fingerprint(provider, source));
      case NONE -> null;
    };
  }

  /**
   * A file as it was uploaded.
   *
   * @param name as its owner named it
   * @param body its bytes
   */
  public record Upload(String name, byte[] body) {

    @Override
    public String toString() {
      return "%s (%d bytes)".formatted(name, body.length);
    }
  }
}
