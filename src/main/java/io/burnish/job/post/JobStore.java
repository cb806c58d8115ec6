package io.burnish.job.post;

import io.burnish.job.spec.Idempotency;
import io.burnish.job.spec.JobOrigin;
import io.burnish.job.spec.JobSubmission;
import io.burnish.job.state.JobRunnable;
import io.burnish.job.stored.ItemCounter;
import io.burnish.job.stored.Job;
import io.burnish.job.stored.JobFile;
import io.burnish.job.stored.JobFileRepository;
import io.burnish.job.stored.JobRepository;
import io.burnish.job.stored.JobsConfig;
import io.burnish.queue.ItemQueue;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores a job with its files and items in one transaction. */
@ApplicationScoped
public class JobStore {

  /**
   * Between two statements, records are read and validated. That may take longer than {@code
   * idle_in_transaction_session_timeout} of other transactions.
   */
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(5);

  private final JobRepository jobs;
  private final JobFileRepository files;
  private final ItemQueue queue;
  private final Event<JobRunnable> submitted;
  private final JobAdmission admission;
  private final JobsConfig config;
  private final StoredJobs stored;

  JobStore(
      JobRepository jobs,
      JobFileRepository files,
      ItemQueue queue,
      Event<JobRunnable> submitted,
      JobAdmission admission,
      JobsConfig config,
      StoredJobs stored) {
    this.jobs = jobs;
    this.files = files;
    this.queue = queue;
    this.submitted = submitted;
    this.admission = admission;
    this.config = config;
    this.stored = stored;
  }

  /** Stores a job with its files and items, in the transaction of the caller. */
  public Job store(JobSubmission submission, JobOrigin origin, @Nullable Idempotency idempotency) {
    Result result =
        QuarkusTransaction.requiringNew()
            .timeout((int) config.storeWithin().toSeconds())
            .call(
                () -> {
                  jobs.allowIdle(IDLE_LIMIT);
                  return admission
                      .existing(origin.owner(), idempotency)
                      .map(job -> new Result(job, false))
                      .orElseGet(() -> new Result(insert(submission, origin, idempotency), true));
                });
    if (result.isNew()) {
      stored.committed(result.job(), submission);
    }
    return result.job();
  }

  private record Result(Job job, boolean isNew) {}

  private Job insert(
      JobSubmission submission, JobOrigin origin, @Nullable Idempotency idempotency) {
    Job job = admission.admit(submission, origin, idempotency);
    List<JobSubmission.File> posted = submission.files();
    ItemCounter counter = new ItemCounter(submission.items(), posted.size());
    queue.add(job.id(), counter);
    for (int i = 0; i < posted.size(); i++) {
      files.persist(new JobFile(job.id(), i, posted.get(i), counter.ofFile(i)));
    }
    job.setCounts(counter.all(), submission.filtered().getAsInt());
    if (counter.all().done() == counter.all().total()) {
      job.completeAtIntake(posted.stream().allMatch(JobSubmission.File::accepted), jobs.now());
    } else {
      submitted.fire(new JobRunnable(job.id()));
    }
    return job;
  }
}
