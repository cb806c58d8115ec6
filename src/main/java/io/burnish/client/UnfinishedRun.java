package io.burnish.client;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run whose results are not written yet, as {@link RunFile} keeps it.
 *
 * @param directory its data directory
 * @param enhance whether it is a {@code build.sh 2}
 * @param service address of the service it talks to; null: the local one
 * @param started when, ISO 8601
 * @param reset whether it was to forget first what was decided before
 * @param key Idempotency-Key of its jobs, but for the number at its end; null: it was given up, and
 *     only its jobs may still run
 * @param jobs ids of its jobs, as far as they were posted
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

  /** Finished jobs are kept so long (README, Limits). */
  private static final Duration KEPT = Duration.ofDays(30);

  UnfinishedRun {
    jobs = jobs == null ? List.of() : List.copyOf(jobs);
  }

  /** Whether a command with these settings goes on with this run. */
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

  /** Whether nothing of it can be fetched any more. */
  boolean isOutdated(Instant now) {
    try {
      return Instant.parse(started).plus(KEPT).isBefore(now);
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

  UnfinishedRun failed() {
    return new UnfinishedRun(directory, enhance, service, started, reset, null, jobs);
  }
}
