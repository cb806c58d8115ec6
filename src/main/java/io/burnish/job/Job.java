package io.burnish.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.SQLRestriction;
import org.jspecify.annotations.Nullable;

/**
 * A batch of records that was posted together. Its counters and its end are written by the queue,
 * never through this class, which reads them, the counters from a view: hence no version field for
 * Hibernate, and updates of changed columns only.
 */
@Entity
@Table(name = "job")
@DynamicUpdate
@SQLRestriction("removed_at IS NULL")
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

  /** Word of a {@link JobPriority}. */
  @Column(updatable = false)
  String priority;

  String state;

  /** How it went; null until it is completed. */
  @Nullable String outcome;

  /** {@link JobOptions}, as JSON. */
  @Column(updatable = false)
  String options;

  /** Items in all, decided or not. Fixed at intake. */
  int total;

  @Formula("(SELECT c.succeeded FROM job_counts c WHERE c.job_id = id)")
  int succeeded;

  @Formula("(SELECT c.failed FROM job_counts c WHERE c.job_id = id)")
  int failed;

  /** Part of succeeded: those that cost no call. */
  @Formula("(SELECT c.reused FROM job_counts c WHERE c.job_id = id)")
  int reused;

  /** Items that were not decided when it was cancelled. */
  int cancelled;

  /** Grows with every change that a reader can see. */
  @Formula("(SELECT c.version FROM job_counts c WHERE c.job_id = id)")
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

  /** The owner's word for this job; null: none, or retention freed it. */
  @Column(name = "idempotency_key", updatable = false)
  @Nullable String idempotencyKey;

  /** SHA-256 of all that was posted; null without a key. */
  @Column(name = "body_hash", updatable = false)
  byte @Nullable [] bodyHash;

  /** When retention chose it; nobody sees it from then on. Null: it is to be seen. */
  @Column(name = "removed_at", insertable = false, updatable = false)
  @Nullable Instant removedAt;

  /** For Hibernate. */
  protected Job() {
    id = new UUID(0, 0);
    profile = mode = provider = priority = state = options = "";
    createdAt = Instant.EPOCH;
  }

  /** A job as it is submitted, before its items are. */
  Job(UUID id, JobSubmission submission, String options, Instant now) {
    this.id = id;
    this.name = submission.name();
    this.profile = submission.profile();
    this.mode = submission.mode().word();
    this.provider = submission.provider();
    this.priority = submission.priority().word();
    this.state = JobState.QUEUED.word();
    this.options = options;
    this.createdAt = now;
  }

  /** Known under the owner's key from now on. */
  void postedAs(Idempotency idempotency) {
    idempotencyKey = idempotency.key();
    bodyHash = HexFormat.of().parseHex(idempotency.sha256());
  }

  /** Whether the same was posted: the key alone does not say so. */
  boolean wasPostedAs(Idempotency idempotency) {
    return idempotency.key().equals(idempotencyKey)
        && Arrays.equals(HexFormat.of().parseHex(idempotency.sha256()), bodyHash);
  }

  /** Its items are stored; some may have been decided without a call. */
  void counted(Counts items) {
    require(JobState.QUEUED, "counted");
    total = items.total();
    succeeded = items.succeeded();
    failed = items.failed();
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

  /** Word of a {@link JobPriority}: how much of the work at hand it gets, as it was posted. */
  public String priority() {
    return priority;
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

  /** Grows with every change of its state or its counts; 0 or more. */
  public long version() {
    return version;
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
