package io.burnish.job;

import io.burnish.job.directory.JobDirectories;
import io.burnish.job.post.BusyException;
import io.burnish.job.post.JobStore;
import io.burnish.job.post.KeyReusedException;
import io.burnish.job.spec.Idempotency;
import io.burnish.job.spec.JobDirectory;
import io.burnish.job.spec.JobOptionsCodec;
import io.burnish.job.spec.JobOrigin;
import io.burnish.job.spec.JobSpec;
import io.burnish.job.spec.JobSubmission;
import io.burnish.job.spec.UnreadableJobException;
import io.burnish.job.state.JobFilter;
import io.burnish.job.stored.Job;
import io.burnish.job.stored.JobFile;
import io.burnish.job.stored.JobFileRepository;
import io.burnish.job.stored.JobRepository;
import io.burnish.tracking.decision.TrackingScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores and finds jobs; what is counted of them is in {@link JobCounters}. Thread-safe. */
@ApplicationScoped
public class Jobs {

  private final JobRepository jobs;
  private final JobFileRepository files;
  private final JobStore store;
  private final JobOptionsCodec options;
  private final JobDirectories directories;

  Jobs(
      JobRepository jobs,
      JobFileRepository files,
      JobStore store,
      JobOptionsCodec options,
      JobDirectories directories) {
    this.jobs = jobs;
    this.files = files;
    this.store = store;
    this.options = options;
    this.directories = directories;
  }

  /**
   * Stores a job with its files and items in one transaction. The items are read while they are
   * stored.
   *
   * @return the job; already completed when no item needs a call
   */
  public Job submit(JobSubmission submission) {
    return store.store(submission, JobOrigin.DEFAULT, null);
  }

  /**
   * Stores a job as {@link #submit(JobSubmission)}, or returns the job that the same request of the
   * owner made under the same key before.
   *
   * @param idempotency identifies the request; null: none
   * @return the job; already completed when no item needs a call
   * @throws KeyReusedException when another request was posted under the key
   * @throws BusyException when another replica is storing a job under the key
   */
  public Job submit(JobSubmission submission, JobOrigin origin, @Nullable Idempotency idempotency) {
    return store.store(submission, origin, idempotency);
  }

  /** Jobs that an access key posted and that are not finished; newest last. */
  @Transactional
  public List<UUID> openOfKey(UUID key) {
    return jobs.openOfKey(key);
  }

  /** The job that the same request of the owner made under the same key before; empty: none. */
  @Transactional
  public Optional<Job> postedAs(String owner, Idempotency idempotency) {
    return jobs.byIdempotencyKey(owner, idempotency.key())
        .filter(job -> job.wasPostedAs(idempotency));
  }

  /** The data directory of a job; empty when it was posted without one. */
  public Optional<JobDirectory> directory(UUID id) {
    return directories.ofJob(id);
  }

  /** The job on an overlapping data directory that a held job waits for; empty: none any more. */
  public Optional<UUID> ahead(UUID id) {
    return directories.firstAhead(id);
  }

  /** The job as it is now, or empty. */
  @Transactional
  public Optional<Job> find(UUID id) {
    return jobs.findByIdOptional(id);
  }

  /**
   * Jobs that meet the conditions, newest first.
   *
   * @param before only jobs that are older than the one with this id; null: all
   * @param limit jobs at most; over 0
   */
  @Transactional
  public List<Job> newest(JobFilter filter, @Nullable UUID before, int limit) {
    return jobs.newest(filter, before, limit);
  }

  /** The job's files, in their order. */
  @Transactional
  public List<JobFile> files(UUID id) {
    return files.ofJob(id);
  }

  /**
   * What a worker needs to know of a job to work on its items; never changes.
   *
   * @throws UnreadableJobException when another version stored it in a form that this one does not
   *     know
   */
  @Transactional
  public Optional<JobSpec> spec(UUID id) {
    return jobs.specOf(id)
        .map(
            stored ->
                new JobSpec(
                    id,
                    Optional.ofNullable(stored.name()),
                    stored.profile(),
                    stored.owner(),
                    new TrackingScope(stored.provider(), stored.trackingOwner()),
                    options.read(stored.options()),
                    stored.createdAt(),
                    Optional.ofNullable(stored.traceparent())));
  }

  /** Why this version can't work on the job, as a sentence; empty when it can. */
  public Optional<String> whyUnreadable(Job job) {
    try {
      options.read(job.spec().options());
      return Optional.empty();
    } catch (UnreadableJobException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }
}
