package io.burnish.job;

import io.burnish.database.Sql;
import io.burnish.queue.ItemQueue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The door of this room: jobs, stored and found. Thread-safe. */
@ApplicationScoped
public class Jobs {

  /**
   * From the last model to the first, of each the newest row, which is the last of its index: dead
   * rows are not walked over.
   */
  private static final String MODELS =
      """
      WITH RECURSIVE u AS (
        (SELECT * FROM job_usage WHERE job_id = ? ORDER BY job_id DESC, model DESC, version DESC LIMIT 1)
        UNION ALL
        SELECT n.* FROM u CROSS JOIN LATERAL (
          SELECT * FROM job_usage o WHERE o.job_id = u.job_id AND o.model < u.model
          ORDER BY o.job_id DESC, o.model DESC, o.version DESC LIMIT 1) n)
      SELECT u.model, u.calls, COALESCE(m.succeeded, 0) AS succeeded, COALESCE(m.refused, 0) AS refused,
             u.prompt_tokens, u.completion_tokens, u.cached_tokens
      FROM u LEFT JOIN LATERAL (
        SELECT * FROM job_model o WHERE o.job_id = u.job_id AND o.model = u.model
        ORDER BY o.job_id DESC, o.model DESC, o.version DESC LIMIT 1) m ON true
      ORDER BY u.calls DESC, u.model
      """;

  private static final String STARTED =
      """
      UPDATE job SET state = 'running', started_at = clock_timestamp(), version = version + 1
      WHERE id = ? AND state = 'queued'
      """;

  private final JobRepository repository;
  private final ItemQueue queue;
  private final JobStore submission;
  private final JobOptionsCodec options;
  private final Sql sql;

  Jobs(
      JobRepository repository,
      ItemQueue queue,
      JobStore submission,
      JobOptionsCodec options,
      Sql sql) {
    this.repository = repository;
    this.queue = queue;
    this.submission = submission;
    this.options = options;
    this.sql = sql;
  }

  /**
   * Stores a job with its files and items, all or nothing. The items are read as they are stored.
   *
   * @return the job; already completed when none of its items needs a call
   * @throws BusyException when too many jobs are being stored just now
   */
  public Job submit(JobSubmission batch) {
    return submission.store(batch, null);
  }

  /**
   * Stores a job with its files and items, all or nothing; or finds it, when the same was posted
   * under the same key before.
   *
   * @return the job; already completed when none of its items needs a call
   * @throws KeyReusedException when something else was posted under the key
   * @throws BusyException when too many jobs are being stored just now
   */
  public Job submit(JobSubmission batch, Idempotency again) {
    return submission.store(batch, again);
  }

  /** The job as it is now, or empty. */
  @Transactional
  public Optional<Job> find(UUID id) {
    return repository.findByIdOptional(id);
  }

  /** The job's files, in their order. */
  @Transactional
  public List<JobFile> files(UUID id) {
    return repository
        .getEntityManager()
        .createQuery("from JobFile where jobId = ?1 order by ordinal", JobFile.class)
        .setParameter(1, id)
        .getResultList();
  }

  /** What each model did for the job, the busiest first. */
  public List<ModelUsage> modelUsage(UUID id) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(MODELS)) {
            statement.setObject(1, id);
            try (ResultSet rows = statement.executeQuery()) {
              List<ModelUsage> shares = new ArrayList<>();
              while (rows.next()) {
                shares.add(share(rows));
              }
              return shares;
            }
          }
        });
  }

  private static ModelUsage share(ResultSet row) throws SQLException {
    return new ModelUsage(
        row.getString("model"),
        row.getLong("calls"),
        row.getLong("succeeded"),
        row.getLong("refused"),
        row.getLong("prompt_tokens"),
        row.getLong("completion_tokens"),
        row.getLong("cached_tokens"));
  }

  /**
   * What a worker must know of a job to work on its items; never changes.
   *
   * @throws UnreadableJobException when another version stored it, in a form that this one does not
   *     know
   */
  @Transactional
  public Optional<JobSpec> spec(UUID id) {
    return find(id)
        .map(
            job ->
                new JobSpec(
                    job.id(),
                    job.name(),
                    job.profile(),
                    job.provider(),
                    options.read(job.options),
                    job.createdAt()));
  }

  /** Why this version can't work on the job, as a sentence; empty when it can. */
  public Optional<String> whyUnreadable(Job job) {
    try {
      options.read(job.options);
      return Optional.empty();
    } catch (UnreadableJobException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  /**
   * What the job's owner should know although nothing is broken, as sentences; grows while the job
   * runs.
   */
  public List<String> warnings(UUID id) {
    int collisions = queue.countKeyCollisions(id);
    return collisions == 0
        ? List.of()
        : List.of(
            ("%d %s the key of another record of different content, and %s not sent: of each key, only"
                    + " the first is (dedupe: id). Post with dedupe: content to have every content"
                    + " enhanced")
                .formatted(
                    collisions,
                    collisions == 1 ? "record has" : "records have",
                    collisions == 1 ? "was" : "were"));
  }

  /** Says that the first item of a job was claimed. No effect on one that is further. */
  public void markStarted(UUID id) {
    sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(STARTED)) {
            statement.setObject(1, id);
            return statement.executeUpdate();
          }
        });
  }
}
