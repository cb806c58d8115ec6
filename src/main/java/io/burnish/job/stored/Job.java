package io.burnish.job.stored;

import io.burnish.job.directory.JobDirectories;
import io.burnish.job.spec.Idempotency;
import io.burnish.job.spec.JobBudget;
import io.burnish.job.spec.JobTerms;
import io.burnish.job.state.Counts;
import io.burnish.job.state.JobOutcome;
import io.burnish.job.state.JobPause;
import io.burnish.job.state.JobState;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.SQLRestriction;
import org.jspecify.annotations.Nullable;

/**
 * A batch of records that was posted together. The queue writes its counters and its end; this
 * class only reads them, the counters from a view. Hence it has no version field for Hibernate, and
 * updates only changed columns.
 */
@Entity
@Table(name = "job")
@DynamicUpdate
@SQLRestriction("removed_at IS NULL")
public class Job {

  /** UUIDv7, so that newer jobs have higher ids. */
  @Id UUID id;

  @Embedded StoredSpec spec;

  @Enumerated(EnumType.STRING)
  JobState state;

  /** Null until the job is completed. */
  @Enumerated(EnumType.STRING)
  @Nullable JobOutcome outcome;

  @Embedded StoredCounts counts;

  @Formula("EXISTS (SELECT 1 FROM job_file f WHERE f.job_id = id)")
  boolean hasFiles;

  @Formula("EXISTS (SELECT 1 FROM job_directory d WHERE d.job_id = id)")
  boolean hasDirectory;

  /**
   * No item is claimed: a job on the same directory goes first. Cleared by {@link JobDirectories}.
   */
  @Column(updatable = false)
  boolean held;

  /** Set at intake and by {@code JobControl}. */
  @Nullable Instant deadline;

  /** What it may spend; null: no limit. */
  @Embedded @Nullable JobBudget budget;

  @Embedded StoredRequests requests;

  /** The first claim; null until then, and for a job that needed no claim. */
  @Column(name = "started_at")
  @Nullable Instant startedAt;

  /** When the last item was decided; null until then. */
  @Column(name = "finished_at")
  @Nullable Instant finishedAt;

  /** Null: posted without a key. */
  @Embedded @Nullable StoredIdempotency idempotency;

  /** When retention chose the job; no reader sees it from then on. Null: not yet. */
  @Column(name = "removed_at", insertable = false, updatable = false)
  @Nullable Instant removedAt;

  /** For Hibernate, which sets the rest. */
  protected Job() {
    counts = StoredCounts.NONE;
    requests = StoredRequests.NONE;
  }

  /**
   * A submitted job whose items are not stored yet.
   *
   * @param idempotency under what it was posted; null: under no key
   */
  public Job(
      UUID id,
      StoredSpec spec,
      JobTerms terms,
      JobBudget budget,
      @Nullable Idempotency idempotency) {
    this();
    this.id = id;
    this.spec = spec;
    this.state = JobState.QUEUED;
    this.deadline = terms.deadline();
    this.held = terms.dataDir() != null;
    this.budget = budget;
    this.idempotency = idempotency == null ? null : StoredIdempotency.of(idempotency);
  }

  /** Whether it was posted under this key, by the same request. */
  public boolean wasPostedAs(Idempotency other) {
    return idempotency != null && idempotency.is(other);
  }

  /** Sets the counts of the stored items; some may be decided already. */
  public void setCounts(Counts items, int filtered) {
    require(JobState.QUEUED, "counted");
    counts = StoredCounts.of(items, filtered);
  }

  /** Completes a job of which every item is decided when it is stored. */
  public void completeAtIntake(boolean allFilesAccepted, Instant now) {
    require(JobState.QUEUED, "completed at intake");
    boolean clean = counts.failed() == 0 && allFilesAccepted;
    state = JobState.COMPLETED;
    outcome =
        clean
            ? JobOutcome.SUCCEEDED
            : counts.succeeded() == 0 ? JobOutcome.FAILED : JobOutcome.PARTIAL;
    finishedAt = now;
  }

  private void require(JobState expected, String change) {
    if (state != expected) {
      throw new IllegalStateException(
          "job %s can't be %s: it must be %s, is %s"
              .formatted(id, change, expected.word(), state.word()));
    }
  }

  /** Its id. */
  public UUID id() {
    return id;
  }

  /** What it was posted with. */
  public StoredSpec spec() {
    return spec;
  }

  /** The name that the owner gave it. */
  public Optional<String> name() {
    return Optional.ofNullable(spec.name());
  }

  /** Posted records that its filter left out; they are no items. */
  public int filtered() {
    return counts.filtered();
  }

  /** When it expires. */
  public Optional<Instant> deadline() {
    return Optional.ofNullable(deadline);
  }

  /** The most that it may spend. */
  public JobBudget budget() {
    return budget == null ? JobBudget.NONE : budget;
  }

  /** When its owner asked for its cancellation. */
  public Optional<Instant> cancelRequestedAt() {
    return requests.cancelledAt();
  }

  /** Why it is paused; empty unless it is. */
  public Optional<JobPause> pause() {
    return state == JobState.PAUSED ? requests.lastPause() : Optional.empty();
  }

  /** How often failed items were made ready again. */
  public int retries() {
    return requests.retries();
  }

  /** Whether it was posted in files. */
  public boolean hasFiles() {
    return hasFiles;
  }

  /** Whether its files are those of a data directory. */
  public boolean hasDirectory() {
    return hasDirectory;
  }

  /** Whether an earlier job on its data directory goes first. */
  public boolean isHeld() {
    return held;
  }

  /** Its state. */
  public JobState state() {
    return state;
  }

  /** How it ended; empty until it is completed. */
  public Optional<JobOutcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  /** The counts of its items. */
  public Counts counts() {
    return counts.items();
  }

  /** Grows with every change of its state or its counts; 0 or more. */
  public long version() {
    return counts.version();
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
