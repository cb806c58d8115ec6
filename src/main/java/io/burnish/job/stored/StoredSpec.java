package io.burnish.job.stored;

import io.burnish.job.spec.JobMode;
import io.burnish.job.spec.JobOptionsCodec;
import io.burnish.job.spec.JobOrigin;
import io.burnish.job.spec.JobPriority;
import io.burnish.job.spec.JobSubmission;
import io.burnish.job.spec.MetadataConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a job was posted with, as columns of its row that never change.
 *
 * @param name the name that the owner gave it; null: none
 * @param profile name of the profile of its records
 * @param provider {@code groq} or {@code simulated}: that of the replica that took the job
 * @param priority as posted; age is not counted in
 * @param options as {@link JobOptionsCodec} wrote them
 * @param callbackUrl where its end and its pauses are told; null: nowhere
 * @param metadata the owner's pairs
 * @param owner whose job it is
 * @param trackingOwner whose decisions it uses and adds to
 * @param keyId the access key that posted it; null: none
 * @param traceparent the trace of the request that posted it (W3C Trace Context); null: none
 * @param createdAt when it was stored
 */
@Embeddable
public record StoredSpec(
    @Column(updatable = false) @Nullable String name,
    @Column(updatable = false) String profile,
    @Column(updatable = false) @Enumerated(EnumType.STRING) JobMode mode,
    @Column(updatable = false) String provider,
    @Column(updatable = false) @Enumerated(EnumType.STRING) JobPriority priority,
    @Column(updatable = false) String options,
    @Column(name = "callback_url", updatable = false) @Nullable String callbackUrl,
    @Column(updatable = false) @Convert(converter = MetadataConverter.class)
        Map<String, String> metadata,
    @Column(updatable = false) String owner,
    @Column(name = "tracking_owner", updatable = false) String trackingOwner,
    @Column(name = "key_id", updatable = false) @Nullable UUID keyId,
    @Column(updatable = false) @Nullable String traceparent,
    @Column(name = "created_at", updatable = false) Instant createdAt) {

  /**
   * Of a job that is stored now.
   *
   * @param options of the submission, as {@link JobOptionsCodec} wrote them
   */
  public static StoredSpec of(
      JobSubmission submission, JobOrigin origin, String options, Instant now) {
    return new StoredSpec(
        submission.name(),
        submission.profile(),
        submission.mode(),
        submission.provider(),
        submission.priority(),
        options,
        submission.terms().callbackUrl(),
        submission.terms().metadata(),
        origin.owner(),
        submission.scope().owner(),
        origin.keyId(),
        origin.traceparent(),
        now);
  }
}
