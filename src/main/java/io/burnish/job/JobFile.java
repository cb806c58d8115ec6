package io.burnish.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** A file of a job; its counters are written by the queue, and read from a view. */
@Entity
@Table(name = "job_file")
@IdClass(JobFile.Key.class)
public class JobFile {

  @Id
  @Column(name = "job_id")
  UUID jobId;

  /** Place among the job's files, from 0. */
  @Id int ordinal;

  /** As its owner named it. */
  String name;

  /** {@code accepted} or {@code rejected}. */
  String state;

  /** Why it was rejected, with line and column; null when it was accepted. */
  @Nullable String error;

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

  int cancelled;

  /** For Hibernate. */
  protected JobFile() {
    jobId = new UUID(0, 0);
    name = state = "";
  }

  JobFile(UUID jobId, int ordinal, JobSubmission.File file, Counts counts) {
    this.jobId = jobId;
    this.ordinal = ordinal;
    this.name = file.name();
    this.state = file.accepted() ? "accepted" : "rejected";
    this.error = file.error();
    this.total = counts.total();
    this.succeeded = counts.succeeded();
    this.failed = counts.failed();
  }

  /** Place among the job's files, from 0. */
  public int ordinal() {
    return ordinal;
  }

  /** As its owner named it. */
  public String name() {
    return name;
  }

  /** {@code accepted} or {@code rejected}. */
  public String state() {
    return state;
  }

  /** Why it was rejected. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /** Its items, counted. */
  public Counts counts() {
    return new Counts(total, succeeded, failed, reused, cancelled);
  }

  /** A file is known by its job and its place in it. */
  public record Key(UUID jobId, int ordinal) implements Serializable {}
}
