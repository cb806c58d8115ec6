package io.burnish.intake;

import io.burnish.budget.Budgets;
import io.burnish.callback.CallbackUrls;
import io.burnish.directory.DataDirectory;
import io.burnish.intake.JobRequest.RequestFile;
import io.burnish.intake.body.IntakeConfig;
import io.burnish.intake.body.MalformedBodyException;
import io.burnish.intake.body.SpooledBody;
import io.burnish.intake.records.InvalidJobException;
import io.burnish.intake.records.RecordLimits;
import io.burnish.intake.records.RecordReader;
import io.burnish.job.spec.JobSubmission;
import io.burnish.profile.Profiles;
import io.burnish.tracking.TrackingScopes;
import io.burnish.tracking.decision.TrackingScope;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a job submission of a request body. The submission reads its items from the spooled body,
 * so close the body only after the submission is stored. Thread-safe.
 */
@Singleton
public class Intake {

  private final TrackingScopes scopes;
  private final IntakeConfig limits;
  private final CallbackUrls callbacks;
  private final Budgets budgets;
  private final RequestFiles files;

  Intake(
      TrackingScopes scopes,
      IntakeConfig limits,
      CallbackUrls callbacks,
      Budgets budgets,
      DataDirectory directories) {
    this.scopes = scopes;
    this.limits = limits;
    this.callbacks = callbacks;
    this.budgets = budgets;
    this.files = new RequestFiles(new DirectoryFiles(directories, limits));
  }

  private RecordLimits recordLimits(Poster poster) {
    Integer own = poster.maxRecords();
    long maxRecord = limits.maxRecord().asLongValue();
    return own != null && own < limits.maxRecords()
        ? new RecordLimits(maxRecord, own, "ask an administrator for a key with a higher limit")
        : new RecordLimits(maxRecord, limits.maxRecords());
  }

  /** Why a name can't be stored, as a sentence; empty when it can. */
  public static Optional<String> whyInvalidName(String name) {
    ValidationErrors errors = new ValidationErrors();
    errors.requireStorable("name", name);
    return errors.isEmpty() ? Optional.empty() : Optional.of(errors.first());
  }

  /**
   * A deadline from its text.
   *
   * @throws IllegalArgumentException with a sentence, when it is not a time with an offset, or has
   *     passed
   */
  public static Instant deadline(@Nullable String text) {
    return TermsReader.deadline(text);
  }

  /** Whether this version has a profile of that name. Jobs of other versions may have others. */
  public boolean hasProfile(String profile) {
    return Profiles.named(profile).isPresent();
  }

  /**
   * A job from a JSON body. The files of a data directory are copied to the spool directory.
   *
   * @param spool creates a body that is closed after the submission is stored
   * @param poster who posts it
   * @param directoryNamed takes the path of a data directory before it is looked at; may refuse the
   *     request
   * @throws MalformedBodyException when it is not JSON
   * @throws InvalidJobException when it is not a job
   */
  public JobSubmission ofJson(
      SpooledBody body,
      Supplier<SpooledBody> spool,
      Poster poster,
      Consumer<String> directoryNamed) {
    RecordLimits counted = recordLimits(poster);
    JobRequest request = JobReader.read(body, counted);
    if (request.dataDir() != null) {
      directoryNamed.accept(request.dataDir());
    }
    return submission(
        request.dataDir() != null && request.isOfDirectoryAlone()
            ? files.ofDirectory(request, poster, counted, spool)
            : request,
        poster);
  }

  /**
   * A job from a body with a record a line.
   *
   * @param query the query parameters, each with its values: name, profile, mode, options
   * @param poster who posts it
   * @throws MalformedBodyException when a line is not JSON
   * @throws InvalidJobException when a parameter is wrong
   */
  public JobSubmission ofLines(SpooledBody body, Map<String, List<String>> query, Poster poster) {
    return submission(
        JobRequest.ofLines(RecordReader.readLines(body, recordLimits(poster)), query), poster);
  }

  /**
   * A job from uploaded files. A file that can't be read is rejected alone, without the others.
   *
   * @param job the part {@code job}, a JSON object with name, profile, mode and options; null: none
   * @param poster who posts it
   * @throws MalformedBodyException when {@code job} is not JSON
   * @throws InvalidJobException when {@code job} is wrong, or none of the files can be read
   */
  public JobSubmission ofFiles(List<Upload> uploads, @Nullable SpooledBody job, Poster poster) {
    List<RequestFile> read = files.ofUploads(uploads, recordLimits(poster));
    return submission(JobRequest.ofFiles(job, read), poster);
  }

  private JobSubmission submission(JobRequest request, Poster poster) {
    Optional.ofNullable(request.options().terms().callbackUrl())
        .flatMap(url -> callbacks.whyRefused(url, poster.owner()))
        .ifPresent(why -> request.errors().add("options.callbackUrl", why));
    if (request.options().terms().budget().maxCost() != null || poster.costLimited()) {
      budgets.whyNoCost().ifPresent(why -> request.errors().add("options.maxCost", why));
    }
    request.requireValid();
    JobRequestOptions options = request.options();
    TrackingScope scope = scopes.of(poster.owner());
    NewItems items = new NewItems(request, scope.namespace(), limits.maxRecord().asLongValue());
    return new JobSubmission(
        options.name,
        options.profile,
        options.mode,
        scope,
        options.priority,
        options.jobOptions,
        options.terms().in(request.dataDir()),
        request.files() == null
            ? List.of()
            : request.files().stream()
                .map(file -> new JobSubmission.File(file.name(), file.error()))
                .toList(),
        items,
        items::filtered);
  }

  /**
   * An uploaded file.
   *
   * @param name the client's name for it
   * @param lines whether it holds a record a line; otherwise one JSON list
   * @param body its bytes
   */
  public record Upload(String name, boolean lines, SpooledBody body) {}
}
