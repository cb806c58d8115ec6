package io.burnish.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.database.Sql;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.ItemState;
import io.burnish.queue.NewItem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** The door of this room: jobs, stored and found. Thread-safe. */
@ApplicationScoped
public class Jobs {

  private static final String MODELS =
      """
      SELECT model, calls, succeeded, refused, prompt_tokens, completion_tokens
      FROM job_model WHERE job_id = ? ORDER BY calls DESC, model
      """;

  private final JobRepository repository;
  private final ItemQueue queue;
  private final Event<JobSubmitted> submitted;
  private final ObjectMapper json;
  private final Sql sql;

  Jobs(
      JobRepository repository,
      ItemQueue queue,
      Event<JobSubmitted> submitted,
      ObjectMapper json,
      Sql sql) {
    this.repository = repository;
    this.queue = queue;
    this.submitted = submitted;
    this.json = json;
    this.sql = sql;
  }

  /**
   * Stores a job with its files and items, all or nothing.
   *
   * @return the job; already completed when none of its items needs a call
   */
  @Transactional
  public Job submit(JobSubmission submission) {
    Instant now = now();
    Job job =
        new Job(
            UuidVersion7Strategy.INSTANCE.generateUuid(null),
            submission,
            written(submission.options()),
            counts(submission.items()),
            now);
    boolean nothingToDo = job.counts().done() == job.counts().total();
    if (nothingToDo) {
      job.completeAtIntake(submission.files().stream().allMatch(JobSubmission.File::accepted), now);
    }
    repository.persist(job);
    for (int i = 0; i < submission.files().size(); i++) {
      repository
          .getEntityManager()
          .persist(new JobFile(job.id(), i, submission.files().get(i), countsOf(submission, i)));
    }
    repository.flush();
    queue.add(job.id(), submission.items());
    if (!nothingToDo) {
      submitted.fire(new JobSubmitted(job.id()));
    }
    return job;
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
  public List<ModelShare> models(UUID id) {
    return sql.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(MODELS)) {
            statement.setObject(1, id);
            try (ResultSet rows = statement.executeQuery()) {
              List<ModelShare> shares = new ArrayList<>();
              while (rows.next()) {
                shares.add(share(rows));
              }
              return shares;
            }
          }
        });
  }

  private static ModelShare share(ResultSet row) throws SQLException {
    return new ModelShare(
        row.getString("model"),
        row.getLong("calls"),
        row.getLong("succeeded"),
        row.getLong("refused"),
        row.getLong("prompt_tokens"),
        row.getLong("completion_tokens"));
  }

  /** What a worker must know of a job to work on its items; never changes. */
  @Transactional
  public Optional<JobTerms> terms(UUID id) {
    return find(id)
        .map(
            job ->
                new JobTerms(
                    job.id(), job.name(), job.profile(), job.provider(), read(job.options)));
  }

  /**
   * What the job's owner should know although nothing is broken, as sentences; grows while the job
   * runs.
   */
  public List<String> warnings(UUID id) {
    int collisions = queue.collisions(id);
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
  @Transactional
  public void started(UUID id) {
    repository.update(
        "set state = 'running', startedAt = ?1, version = version + 1 where id = ?2 and state = 'queued'",
        now(),
        id);
  }

  /** The database's clock, the only one that counts. */
  private Instant now() {
    return (Instant)
        repository
            .getEntityManager()
            .createNativeQuery("SELECT clock_timestamp()", Instant.class)
            .getSingleResult();
  }

  private static Counts countsOf(JobSubmission submission, int file) {
    return counts(
        submission.items().stream().filter(item -> Objects.equals(item.file(), file)).toList());
  }

  private static Counts counts(List<NewItem> items) {
    return new Counts(
        items.size(), count(items, ItemState.SUCCEEDED), count(items, ItemState.FAILED), 0, 0);
  }

  private static int count(List<NewItem> items, ItemState state) {
    return (int) items.stream().filter(item -> item.state() == state).count();
  }

  private String written(JobOptions options) {
    try {
      return json.writeValueAsString(options);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("job options could not be written", e);
    }
  }

  private JobOptions read(String options) {
    try {
      return json.readValue(options, JobOptions.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("job options could not be read: " + options, e);
    }
  }
}
