package io.burnish.job.stored;

import io.burnish.database.DefaultOwner;
import io.burnish.job.directory.JobDirectories;
import io.burnish.job.spec.Idempotency;
import io.burnish.job.spec.JobBudget;
import io.burnish.job.spec.JobMode;
import io.burnish.job.spec.JobOptions;
import io.burnish.job.spec.JobOrigin;
import io.burnish.job.spec.JobPriority;
import io.burnish.job.spec.JobSubmission;
import io.burnish.job.spec.MetadataConverter;
import io.burnish.job.state.Counts;
import io.burnish.job.state.JobOutcome;
import io.burnish.job.state.JobPause;
import io.burnish.job.state.JobState;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
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

  /** The name that the owner gave it; null: none. */
  @Nullable String name;

  /** Name of the profile of its records. */
  String profile;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  JobMode mode;

  /** {@code groq} or {@code simulated}: the provider of the replica that took the job. */
  @Column(updatable = false)
  String provider;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  JobPriority priority;

  @Enumerated(EnumType.STRING)
  JobState state;

  /** Null until the job is completed. */
  @Enumerated(EnumType.STRING)
  @Nullable JobOutcome outcome;

  /** {@link JobOptions}, as JSON. */
  @Column(updatable = false)
  String options;

  /** Items of the job, decided or not. Set at intake. */
  int total;

  @Formula("(SELECT c.succeeded FROM job_counts c WHERE c.job_id = id)")
  int succeeded;

  @Formula("(SELECT c.failed FROM job_counts c WHERE c.job_id = id)")
  int failed;

  /** Part of succeeded: items decided without a call. */
  @Formula("(SELECT c.reused FROM job_counts c WHERE c.job_id = id)")
  int reused;

  /** Items that were not decided when the job was cancelled. */
  int cancelled;

  /** Posted records that the filter left out; they are no items. */
  int filtered;

  @Formula("EXISTS (SELECT 1 FROM job_file f WHERE f.job_id = id)")
  boolean hasFiles;

  @Formula("EXISTS (SELECT 1 FROM job_directory d WHERE d.job_id = id)")
  boolean hasDirectory;

  /** Grows with every change that a reader can see. */
  @Formula("(SELECT c.version FROM job_counts c WHERE c.job_id = id)")
  long version;

  /** Set at intake and by {@code JobControl}. */
  @Nullable Instant deadline;

  /** {@code cancelled} or {@code expired}: the state in which it is to end; null: none. */
  @Column(name = "end_requested", insertable = false, updatable = false)
  @Nullable String endRequested;

  /** When its end was requested; null: it was not. */
  @Column(name = "end_requested_at", insertable = false, updatable = false)
  @Nullable Instant endRequestedAt;

  /** {@code owner} or {@code budget}; null unless paused. */
  @Column(name = "pause_reason", insertable = false, updatable = false)
  @Nullable String pauseReason;

  /** Who paused it; null: the service, or it is not known. */
  @Column(name = "paused_by", insertable = false, updatable = false)
  @Nullable String pausedBy;

  /** When it was paused; null: it is not known. */
  @Column(name = "paused_at", insertable = false, updatable = false)
  @Nullable Instant pausedAt;

  /** How often failed items were made ready again. */
  @Column(insertable = false, updatable = false)
  int retries;

  /** Where its end and its pauses are told; null: nowhere. */
  @Column(name = "callback_url", updatable = false)
  @Nullable String callbackUrl;

  /** The trace of the request that posted it (W3C Trace Context); null: none. */
  @Column(updatable = false)
  @Nullable String traceparent;

  /** Tokens that it may spend; null: no limit. */
  @Column(name = "max_tokens")
  @Nullable Long maxTokens;

  /** US$ that it may spend; null: no limit. */
  @Column(name = "max_cost")
  @Nullable BigDecimal maxCost;

  /**
   * No item is claimed: a job on the same directory goes first. Cleared by {@link JobDirectories}.
   */
  @Column(updatable = false)
  boolean held;

  /** The owner's pairs. */
  @Column(updatable = false)
  @Convert(converter = MetadataConverter.class)
  Map<String, String> metadata;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  /** The first claim; null until then, and for a job that needed no claim. */
  @Column(name = "started_at")
  @Nullable Instant startedAt;

  /** When the last item was decided; null until then. */
  @Column(name = "finished_at")
  @Nullable Instant finishedAt;

  /** The Idempotency-Key; null: none, or retention freed it. */
  @Column(name = "idempotency_key", updatable = false)
  @Nullable String idempotencyKey;

  /** SHA-256 of the request; null without a key. */
  @Column(name = "body_hash", updatable = false)
  byte @Nullable [] bodyHash;

  /** Whose job it is. */
  @Column(updatable = false)
  String owner;

  /** Whose decisions it uses and adds to. */
  @Column(name = "tracking_owner", updatable = false)
  String trackingOwner;

  /** The access key that posted it; null: none. */
  @Column(name = "key_id", updatable = false)
  @Nullable UUID keyId;

  /** When retention chose the job; no reader sees it from then on. Null: not yet. */
  @Column(name = "removed_at", insertable = false, updatable = false)
  @Nullable Instant removedAt;

  /** For Hibernate. */
  protected Job() {
    id = new UUID(0, 0);
    profile = provider = options = "";
    owner = trackingOwner = DefaultOwner.NAME;
    mode = JobMode.ENHANCE;
    priority = JobPriority.NORMAL;
    state = JobState.QUEUED;
    createdAt = Instant.EPOCH;
    metadata = Map.of();
  }

  /** A submitted job whose items are not stored yet. */
  public Job(UUID id, JobSubmission submission, JobOrigin origin, String options, Instant now) {
    this.id = id;
    this.owner = origin.owner();
    this.trackingOwner = submission.scope().owner();
    this.keyId = origin.keyId();
    this.traceparent = origin.traceparent();
    this.name = submission.name();
    this.profile = submission.profile();
    this.mode = submission.mode();
    this.provider = submission.provider();
    this.priority = submission.priority();
    this.state = JobState.QUEUED;
    this.options = options;
    this.callbackUrl = submission.terms().callbackUrl();
    this.metadata = submission.terms().metadata();
    this.deadline = submission.terms().deadline();
    this.held = submission.terms().dataDir() != null;
    this.createdAt = now;
  }

  /** Sets what it may spend. */
  public void limitTo(JobBudget budget) {
    maxTokens = budget.maxTokens();
    maxCost = budget.maxCost();
  }

  /** Sets the Idempotency-Key and the hash of the request. */
  public void postedAs(Idempotency idempotency) {
    idempotencyKey = idempotency.key();
    bodyHash = HexFormat.of().parseHex(idempotency.sha256());
  }

  /** Whether both the key and the hash are those of this job. */
  public boolean wasPostedAs(Idempotency idempotency) {
    return idempotency.key().equals(idempotencyKey)
        && Arrays.equals(HexFormat.of().parseHex(idempotency.sha256()), bodyHash);
  }

  /** Sets the counts of the stored items; some may be decided already. */
  public void setCounts(Counts items, int filtered) {
    require(JobState.QUEUED, "counted");
    this.filtered = filtered;
    total = items.total();
    succeeded = items.succeeded();
    failed = items.failed();
  }

  /** Completes a job of which every item is decided when it is stored. */
  public void completeAtIntake(boolean allFilesAccepted, Instant now) {
    require(JobState.QUEUED, "completed at intake");
    boolean clean = failed == 0 && allFilesAccepted;
    state = JobState.COMPLETED;
    outcome =
        clean ? JobOutcome.SUCCEEDED : succeeded == 0 ? JobOutcome.FAILED : JobOutcome.PARTIAL;
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

  /** The name that the owner gave it. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** Name of its profile. */
  public String profile() {
    return profile;
  }

  /** What it does with its records. */
  public JobMode mode() {
    return mode;
  }

  /** {@code groq} or {@code simulated}. */
  public String provider() {
    return provider;
  }

  /** Its priority as posted; age is not counted in. */
  public JobPriority priority() {
    return priority;
  }

  /** When it expires. */
  public Optional<Instant> deadline() {
    return Optional.ofNullable(deadline);
  }

  /** The most that it may spend. */
  public JobBudget budget() {
    return new JobBudget(maxTokens, maxCost);
  }

  /** When its owner asked for its cancellation. */
  public Optional<Instant> cancelRequestedAt() {
    return "cancelled".equals(endRequested)
        ? Optional.ofNullable(endRequestedAt)
        : Optional.empty();
  }

  /** Why it is paused; empty unless it is. */
  public Optional<JobPause> pause() {
    return state == JobState.PAUSED && pauseReason != null
        ? Optional.of(new JobPause(pauseReason, pausedBy, pausedAt))
        : Optional.empty();
  }

  /** How often failed items were made ready again. */
  public int retries() {
    return retries;
  }

  /** Its options, as JSON. */
  public String options() {
    return options;
  }

  /** The owner's pairs. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Where its end and its pauses are told. */
  public Optional<String> callbackUrl() {
    return Optional.ofNullable(callbackUrl);
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

  /** Posted records that its filter left out; they are no items. */
  public int filtered() {
    return filtered;
  }

  /** Whose job it is. */
  public String owner() {
    return owner;
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
