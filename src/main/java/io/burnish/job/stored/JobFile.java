package io.burnish.job.stored;

import io.burnish.job.spec.JobSubmission;
import io.burnish.job.state.Counts;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.EnumeratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** A file of a job. The queue writes its counters; this class reads them from a view. */
@Entity
@Table(name = "job_file")
@IdClass(JobFile.Key.class)
public class JobFile {

  @Id
  @Column(name = "job_id")
  UUID jobId;

  /** Place among the job's files, from 0. */
  @Id int ordinal;

  /** The name that the owner gave it; unique within the job. */
  String name;

  @Enumerated(EnumType.STRING)
  State state;

  /** Why it was rejected, with line and column; null when it was accepted. */
  @Nullable String error;

  /** Items in the file. */
  int total;

  @Formula(
      "(SELECT c.succeeded FROM job_file_counts c WHERE c.job_id = job_id AND c.ordinal = ordinal)")
  int succeeded;

  @Formula(
      "(SELECT c.failed FROM job_file_counts c WHERE c.job_id = job_id AND c.ordinal = ordinal)")
  int failed;

  @Formula(
      "(SELECT c.reused FROM job_file_counts c WHERE c.job_id = job_id AND c.ordinal = ordinal)")
  int reused;

  /** Items that were not decided when the job was cancelled. */
  int cancelled;

  /** Whether a file's records are part of the job. */
  public enum State {
    /** They are. */
    ACCEPTED,
    /** The file could not be read; none of its records is. */
    REJECTED;

    @EnumeratedValue private final String word = name().toLowerCase(Locale.ROOT);

    /** The word in the database and the API. */
    public String word() {
      return word;
    }
  }

  /** For Hibernate. */
  protected JobFile() {
    jobId = new UUID(0, 0);
    name = "";
    state = State.REJECTED;
  }

  /** A posted file whose items are counted. */
  public JobFile(UUID jobId, int ordinal, JobSubmission.File file, Counts counts) {
    this.jobId = jobId;
    this.ordinal = ordinal;
    this.name = file.name();
    this.state = file.accepted() ? State.ACCEPTED : State.REJECTED;
    this.error = file.error();
    this.total = counts.total();
    this.succeeded = counts.succeeded();
    this.failed = counts.failed();
  }

  /** Place among the job's files, from 0. */
  public int ordinal() {
    return ordinal;
  }

  /** The name that the owner gave it. */
  public String name() {
    return name;
  }

  /** Whether its records are part of the job. */
  public State state() {
    return state;
  }

  /** Why it was rejected. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /** The counts of its items. */
  public Counts counts() {
    return new Counts(total, succeeded, failed, reused, cancelled);
  }

  /** The job's id and the file's place in the job. */
  public record Key(UUID jobId, int ordinal) implements Serializable {}
}
