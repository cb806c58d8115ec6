package io.burnish.job;

import io.burnish.queue.ItemQueue;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.PessimisticLockException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

/** Stores jobs: the row, its files and all its items in one transaction, or nothing. */
@ApplicationScoped
class JobStore {

  private static final String IDLE_AT_MOST = "5min";

  /** Most jobs are stored within this time. */
  private static final String LOCKED_AT_MOST = "5s";

  private final JobRepository repository;
  private final ItemQueue queue;
  private final Event<JobSubmitted> submitted;
  private final JobOptionsCodec options;
  private final JobsConfig config;

  JobStore(
      JobRepository repository,
      ItemQueue queue,
      Event<JobSubmitted> submitted,
      JobOptionsCodec options,
      JobsConfig config) {
    this.repository = repository;
    this.queue = queue;
    this.submitted = submitted;
    this.options = options;
    this.config = config;
  }

  Job store(JobSubmission submission, @Nullable Idempotency again) {
    Stored stored =
        QuarkusTransaction.requiringNew()
            .timeout((int) config.storeWithin().toSeconds())
            .call(
                () -> {
                  allowSlowReading();
                  return before(again)
                      .map(job -> new Stored(job, false))
                      .orElseGet(() -> new Stored(insert(submission, again), true));
                });
    if (stored.isNew()) {
      say(stored.job(), submission.files().size());
    }
    return stored.job();
  }

  private record Stored(Job job, boolean isNew) {}

  /** After the commit, so that the log tells of no job that is not there. */
  private void say(Job job, int files) {
    JobLog.accepted(job, files);
    if (job.state() == JobState.COMPLETED) {
      JobLog.ended(job.id(), job.name(), job.counts(), () -> queue.reasons(job.id()));
    }
  }

  /**
   * Between two statements records are read and validated, which may take longer than other
   * transactions may idle (see {@code new-connection-sql}).
   */
  private void allowSlowReading() {
    set("idle_in_transaction_session_timeout", IDLE_AT_MOST);
  }

  /**
   * The job that was posted under the same key. Of two that are posted to two replicas at the same
   * time, the second waits a short while for the first to be stored, and is told to come again
   * then: each retry of a large job would hold a turn and a connection for as long as the job
   * takes. On one replica {@link SubmissionPermits} sees to it before.
   *
   * @throws BusyException when the first is still being stored
   */
  private Optional<Job> before(@Nullable Idempotency again) {
    if (again == null) {
      return Optional.empty();
    }
    lock(again.key());
    Optional<Job> before = repository.find("idempotencyKey", again.key()).firstResultOptional();
    before
        .filter(job -> !job.wasPostedAs(again))
        .ifPresent(
            job -> {
              throw new KeyReusedException(again.key(), job.id());
            });
    return before;
  }

  private void lock(String key) {
    set("lock_timeout", LOCKED_AT_MOST);
    try {
      repository
          .getEntityManager()
          .createNativeQuery(
              "SELECT true FROM pg_advisory_xact_lock(hashtextextended(?1, 0))", Boolean.class)
          .setParameter(1, key)
          .getSingleResult();
    } catch (LockTimeoutException | PessimisticLockException e) {
      throw BusyException.ofKey(key, e);
    }
    set("lock_timeout", "0");
  }

  /** A setting of the database, for this transaction. */
  private void set(String name, String value) {
    repository
        .getEntityManager()
        .createNativeQuery("SELECT set_config(?1, ?2, true)", String.class)
        .setParameter(1, name)
        .setParameter(2, value)
        .getSingleResult();
  }

  private Job insert(JobSubmission submission, @Nullable Idempotency again) {
    Job job =
        new Job(
            UuidVersion7Strategy.INSTANCE.generateUuid(null),
            submission,
            options.written(submission.options()),
            now());
    if (again != null) {
      job.postedAs(again);
    }
    repository.persistAndFlush(job);
    List<JobSubmission.File> files = submission.files();
    ItemCounter tally = new ItemCounter(submission.items(), files.size());
    queue.add(job.id(), tally);
    for (int i = 0; i < files.size(); i++) {
      repository
          .getEntityManager()
          .persist(new JobFile(job.id(), i, files.get(i), tally.ofFile(i)));
    }
    job.counted(tally.all());
    if (tally.all().done() == tally.all().total()) {
      job.completeAtIntake(files.stream().allMatch(JobSubmission.File::accepted), now());
    } else {
      submitted.fire(new JobSubmitted(job.id()));
    }
    return job;
  }

  /** The database's clock, the only one that counts. */
  private Instant now() {
    return (Instant)
        repository
            .getEntityManager()
            .createNativeQuery("SELECT clock_timestamp()", Instant.class)
            .getSingleResult();
  }
}
