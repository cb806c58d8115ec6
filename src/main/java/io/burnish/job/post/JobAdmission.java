package io.burnish.job.post;

import io.burnish.job.directory.JobDirectories;
import io.burnish.job.spec.Idempotency;
import io.burnish.job.spec.JobOptionsCodec;
import io.burnish.job.spec.JobOrigin;
import io.burnish.job.spec.JobSubmission;
import io.burnish.job.spec.JobTerms;
import io.burnish.job.stored.Job;
import io.burnish.job.stored.JobRepository;
import io.burnish.job.stored.StoredSpec;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

/** Decides whether a job is stored, and with which budget, in the transaction that stores it. */
@Singleton
class JobAdmission {

  /** Most jobs are stored within this time. */
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

  private final JobRepository jobs;
  private final JobOptionsCodec options;
  private final KeyAllowance allowance;
  private final JobDirectories directories;

  JobAdmission(
      JobRepository jobs,
      JobOptionsCodec options,
      KeyAllowance allowance,
      JobDirectories directories) {
    this.jobs = jobs;
    this.options = options;
    this.allowance = allowance;
    this.directories = directories;
  }

  /**
   * The job that the owner posted under the same key. If another replica is storing it, this waits
   * for a short time only: a retry of a large job would otherwise hold a permit and a connection
   * for as long as the job takes. On one replica {@link SubmissionPermits} prevents that.
   *
   * @throws BusyException when the job is still being stored
   * @throws KeyReusedException when another request was posted under the key
   */
  Optional<Job> existing(String owner, @Nullable Idempotency idempotency) {
    if (idempotency == null) {
      return Optional.empty();
    }
    if (!jobs.lockKey(owner, idempotency.key(), LOCK_TIMEOUT)) {
      throw BusyException.ofKey(idempotency.key());
    }
    Optional<Job> existing = jobs.byIdempotencyKey(owner, idempotency.key());
    existing
        .filter(job -> !job.wasPostedAs(idempotency))
        .ifPresent(
            job -> {
              throw new KeyReusedException(idempotency.key(), job.id());
            });
    return existing;
  }

  /**
   * Stores the row of a job, and its data directory; not its files and items.
   *
   * @throws KeyLimitException when a limit of the access key does not allow it
   * @throws BusyException when another job of the key is being stored
   */
  Job admit(JobSubmission submission, JobOrigin origin, @Nullable Idempotency idempotency) {
    UUID id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
    StoredSpec spec =
        StoredSpec.of(submission, origin, options.write(submission.options()), jobs.now());
    if (origin.isLimited() && !jobs.lockLimits(origin.keyId(), LOCK_TIMEOUT)) {
      throw BusyException.ofAccessKey();
    }
    JobTerms terms = submission.terms();
    Job job = new Job(id, spec, terms, allowance.take(origin, id, terms.budget()), idempotency);
    jobs.persistAndFlush(job);
    if (terms.dataDir() != null) {
      directories.add(id, terms.dataDir());
    }
    return job;
  }
}
