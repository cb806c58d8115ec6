package io.burnish.api.job;

import io.burnish.api.events.JobWatch;
import io.burnish.api.events.WaitingClient;
import io.burnish.api.problem.InvalidQueryException;
import io.burnish.api.view.JobLookup;
import io.burnish.api.view.JobTag;
import io.burnish.api.view.JobView;
import io.burnish.api.view.JobViews;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code GET /jobs/{id}}: at once, or once the job has changed; with a weak entity tag, and
 * {@code Retry-After} while it is not finished.
 */
@Singleton
class JobAnswers {

  /** Seconds until the next poll at most, and when the rest of the time is not known. */
  private static final long LONGEST_POLL = 60;

  private static final long USUAL_POLL = 5;

  private static final String JSON = MediaType.APPLICATION_JSON + ";charset=UTF-8";
  private static final String TEXT = MediaType.TEXT_PLAIN + ";charset=UTF-8";

  private final JobLookup jobs;
  private final JobViews views;
  private final JobWatch watch;

  JobAnswers(JobLookup jobs, JobViews views, JobWatch watch) {
    this.jobs = jobs;
    this.views = views;
    this.watch = watch;
  }

  /**
   * The answer.
   *
   * @param wait seconds to wait at most, 1 to 60: with {@code If-None-Match} for a change,
   *     otherwise for the end of the job; null: none
   */
  Uni<Response> of(String id, @Nullable String wait, HttpHeaders headers) {
    Duration longest = wait == null ? null : seconds(wait);
    boolean text = MediaType.TEXT_PLAIN.equals(headers.getHeaderString(HttpHeaders.ACCEPT));
    String known = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
    JobView job = jobs.view(id);
    Predicate<JobView> wanted =
        known == null ? JobView::isFinal : view -> !JobTag.matches(known, JobTag.of(view, text));
    if (longest == null || wanted.test(job)) {
      return Uni.createFrom().item(response(job, known, text));
    }
    UUID key = JobLookup.uuid(id);
    return Uni.createFrom()
        .completionStage(() -> WaitingClient.await(watch, key, wanted, longest))
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(view -> response(view, known, text));
  }

  private static Duration seconds(String wait) {
    if (!wait.matches("[1-9]|[1-5]\\d|60")) {
      throw new InvalidQueryException("wait", "must be a whole number of seconds, 1 to 60");
    }
    return Duration.ofSeconds(Long.parseLong(wait));
  }

  private Response response(JobView job, @Nullable String known, boolean text) {
    String tag = JobTag.of(job, text);
    Response.ResponseBuilder response =
        JobTag.matches(known, tag)
            ? Response.notModified()
            : text ? Response.ok(views.text(job), TEXT) : Response.ok(job, JSON);
    response.header(HttpHeaders.ETAG, tag).header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    if (!job.isFinal()) {
      response.header(HttpHeaders.RETRY_AFTER, nextPoll(job));
    }
    return response.build();
  }

  /** A tenth of the time until the end, so that a poll comes soon after it. */
  private static long nextPoll(JobView job) {
    long seconds = Objects.requireNonNullElse(job.etaSeconds(), USUAL_POLL * 10) / 10;
    return Math.max(1, Math.min(LONGEST_POLL, seconds));
  }
}
