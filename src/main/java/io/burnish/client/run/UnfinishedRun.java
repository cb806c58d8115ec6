package io.burnish.client.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.burnish.client.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run whose results are not written yet, as {@link RunFile} stores it.
 *
 * @param directory its data directory
 * @param enhance whether it is a {@code build.sh 2}
 * @param service address of its service; null: the local one
 * @param started ISO 8601
 * @param reset whether it deletes all tracking first
 * @param key Idempotency-Key of its jobs without the number at its end; null: abandoned, only its
 *     jobs may still run
 * @param jobs ids of the jobs posted so far
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record UnfinishedRun(
    String directory,
    boolean enhance,
    @Nullable String service,
    String started,
    boolean reset,
    @Nullable String key,
    List<String> jobs) {

  /** How long the service keeps finished jobs (README, Limits). */
  private static final Duration RETENTION = Duration.ofDays(30);

  UnfinishedRun {
    jobs = jobs == null ? List.of() : List.copyOf(jobs);
  }

  /** Whether a command with these settings resumes this run. */
  boolean isResumedBy(Settings settings) {
    return key != null
        && directory.equals(settings.data().toString())
        && enhance == settings.enhance()
        && reset == settings.reset()
        && Objects.equals(service, addressOf(settings));
  }

  static @Nullable String addressOf(Settings settings) {
    return settings.service() == null ? null : settings.service().url();
  }

  @JsonIgnore
  boolean isLocal() {
    return service == null;
  }

  /** Whether the service no longer keeps its jobs. */
  boolean isOutdated(Instant now) {
    try {
      return Instant.parse(started).plus(RETENTION).isBefore(now);
    } catch (DateTimeParseException e) {
      return true;
    }
  }

  UnfinishedRun withJob(String id) {
    List<String> more = new ArrayList<>(jobs);
    if (!more.contains(id)) {
      more.add(id);
    }
    return new UnfinishedRun(directory, enhance, service, started, reset, key, more);
  }

  UnfinishedRun abandoned() {
    return new UnfinishedRun(directory, enhance, service, started, reset, null, jobs);
  }
}
