package io.burnish.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * A batch of records that was posted together. Its counters and its end are written by the
 * completion statement of the queue, never through this class, which reads them: hence no version
 * field for Hibernate, and updates of changed columns only.
 */
@Entity
@Table(name = "job")
@DynamicUpdate
public class Job {

  /** Time-ordered (UUIDv7), so that the newest jobs lie together. */
  @Id UUID id;

  /** What its owner calls it; null: nothing. */
  @Nullable String name;

  /** Name of the profile its records belong to. */
  String profile;

  @Column(updatable = false)
  String mode;

  /** Who answers: groq or simulated. A job keeps the one it was posted under. */
  @Column(updatable = false)
  String provider;

  String state;

  /** How it went; null until it is completed. */
  @Nullable String outcome;

  /** {@link JobOptions}, as JSON. */
  @Column(updatable = false)
  String options;

  /** Items in all, decided or not. Fixed at intake. */
  @Column(updatable = false)
  int total;

  int succeeded;
  int failed;

  /** Part of succeeded: those that cost no call. */
  int reused;

  int cancelled;

  @Column(name = "prompt_tokens")
  long promptTokens;

  @Column(name = "completion_tokens")
  long completionTokens;

  /** Part of the prompt tokens: those that came from the provider's cache. */
  @Column(name = "cached_tokens")
  long cachedTokens;

  /** Grows with every change that a reader can see. */
  long version;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  /**
   * When its first item was claimed; null until then, and for ever when nothing needed claiming.
   */
  @Column(name = "started_at")
  @Nullable Instant startedAt;

  /** When its last item was decided; null until then. */
  @Column(name = "finished_at")
  @Nullable Instant finishedAt;

  /** For Hibernate. */
  protected Job() {
    id = new UUID(0, 0);
    profile = mode = provider = state = options = "";
    createdAt = Instant.EPOCH;
  }

  /** A job as it is submitted; {@code decided} counts the items that need no call. */
  Job(UUID id, JobSubmission submission, String options, Counts decided, Instant now) {
    this.id = id;
    this.name = submission.name();
    this.profile = submission.profile();
    this.mode = submission.mode().word();
    this.provider = submission.provider();
    this.state = JobState.QUEUED.word();
    this.options = options;
    this.total = decided.total();
    this.succeeded = decided.succeeded();
    this.failed = decided.failed();
    this.createdAt = now;
  }

  /** Nothing needs a call: the job is over as soon as it is stored. */
  void completeAtIntake(boolean allFilesAccepted, Instant now) {
    require(JobState.QUEUED, "completed at intake");
    boolean clean = failed == 0 && allFilesAccepted;
    state = JobState.COMPLETED.word();
    outcome = clean ? "succeeded" : succeeded == 0 ? "failed" : "partial";
    finishedAt = now;
  }

  private void require(JobState expected, String becoming) {
    if (state() != expected) {
      throw new IllegalStateException(
          "job %s can't be %s: it must be %s, is %s"
              .formatted(id, becoming, expected.word(), state));
    }
  }

  /** Its id. */
  public UUID id() {
    return id;
  }

  /** What its owner calls it. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** Name of its profile. */
  public String profile() {
    return profile;
  }

  /** What it does with its records. */
  public JobMode mode() {
    return JobMode.of(mode).orElseThrow();
  }

  /** {@code groq} or {@code simulated}. */
  public String provider() {
    return provider;
  }

  /** Where it stands. */
  public JobState state() {
    return JobState.of(state);
  }

  /** {@code succeeded}, {@code partial} or {@code failed}; empty until it is completed. */
  public Optional<String> outcome() {
    return Optional.ofNullable(outcome);
  }

  /** Its items, counted. */
  public Counts counts() {
    return new Counts(total, succeeded, failed, reused, cancelled);
  }

  /** Tokens read, cached ones included. */
  public long promptTokens() {
    return promptTokens;
  }

  /** Tokens written. */
  public long completionTokens() {
    return completionTokens;
  }

  /** Tokens read from the provider's cache. */
  public long cachedTokens() {
    return cachedTokens;
  }

  /** When it was stored. */
  public Instant createdAt() {
    return createdAt;
  }

  /** When its first item was claimed. */
  public Optional<Instant> startedAt() {
    return Optional.ofNullable(startedAt);
  }

  /** When its last item was decided. */
  public Optional<Instant> finishedAt() {
    return Optional.ofNullable(finishedAt);
  }
}
