package io.burnish.api.post;

import io.burnish.access.caller.Caller;
import io.burnish.access.caller.Role;
import io.burnish.api.body.PostedBody;
import io.burnish.api.body.Spooling;
import io.burnish.api.input.IdempotencyKey;
import io.burnish.api.input.MediaTypes;
import io.burnish.api.input.QueryNames;
import io.burnish.api.input.QueryValues;
import io.burnish.api.view.JobViews;
import io.burnish.estimate.Estimator;
import io.burnish.intake.Intake;
import io.burnish.intake.body.SpooledBody;
import io.burnish.job.Jobs;
import io.burnish.job.spec.Idempotency;
import io.burnish.job.spec.JobOrigin;
import io.burnish.job.spec.JobSubmission;
import io.burnish.job.stored.Job;
import io.burnish.job.stored.JobLog;
import io.burnish.traces.TraceParent;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;
import org.jspecify.annotations.Nullable;

/**
 * Accepts jobs. A body of any size is stored on disk, never whole in memory; it is complete when a
 * method starts ({@code BodyIntake}).
 */
@Path("/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.SUBMITS)
@Blocking
@Spooling
public class PostResource {

  private final Intake intake;
  private final Jobs jobs;
  private final JobViews views;
  private final Estimator estimator;

  PostResource(Intake intake, Jobs jobs, JobViews views, Estimator estimator) {
    this.intake = intake;
    this.jobs = jobs;
    this.views = views;
    this.estimator = estimator;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response post(
      @RestQuery @Nullable String dryRun,
      @Context HttpHeaders headers,
      @Context RoutingContext routing) {
    boolean dry = QueryValues.isTrue(QueryValues.DRY_RUN, dryRun);
    Caller caller = Caller.of(routing);
    return PostedBody.of(routing)
        .use(
            posted -> {
              SpooledBody body = posted.unpacked();
              Optional<Idempotency> idempotency =
                  dry
                      ? Optional.empty()
                      : idempotency(headers, () -> List.of("json", body.sha256()));
              // Without reading its data directory, which may have changed.
              Optional<Job> again = idempotency.flatMap(it -> jobs.postedAs(caller.owner(), it));
              if (again.isPresent()) {
                return accepted(again.get());
              }
              JobSubmission job =
                  intake.ofJson(
                      body,
                      posted::scratch,
                      PostRights.poster(caller),
                      path -> PostRights.admitDirectory(caller, path));
              return dry ? estimated(job) : accepted(job, caller, headers, idempotency);
            });
  }

  @POST
  @Consumes(MediaTypes.LINES)
  @QueryNames(
      value = {
        "name",
        "profile",
        "mode",
        "priority",
        "callbackUrl",
        "deadline",
        "dedupe",
        "maxCost",
        "maxResults",
        "maxTokens",
        "retryFailed"
      },
      repeatable = "rulesOff")
  public Response postLines(
      @RestQuery @Nullable String dryRun,
      @Context HttpHeaders headers,
      @Context UriInfo uri,
      @Context RoutingContext routing) {
    boolean dry = QueryValues.isTrue(QueryValues.DRY_RUN, dryRun);
    Caller caller = Caller.of(routing);
    return PostedBody.of(routing)
        .use(
            posted -> {
              SpooledBody body = posted.unpacked();
              TreeMap<String, List<String>> query = new TreeMap<>(uri.getQueryParameters());
              query.remove(QueryValues.DRY_RUN);
              JobSubmission job = intake.ofLines(body, query, PostRights.poster(caller));
              return dry
                  ? estimated(job)
                  : accepted(
                      job,
                      caller,
                      headers,
                      idempotency(
                          headers, () -> List.of("lines", query.toString(), body.sha256())));
            });
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response upload(
      @RestForm("file") @Nullable List<FileUpload> file,
      @RestForm("job") @Nullable List<FileUpload> job,
      @RestQuery @Nullable String dryRun,
      MultipartFormDataInput form,
      @Context HttpHeaders headers,
      @Context RoutingContext routing) {
    boolean dry = QueryValues.isTrue(QueryValues.DRY_RUN, dryRun);
    Caller caller = Caller.of(routing);
    return PostedBody.of(routing)
        .use(
            posted -> {
              Uploads uploads = Uploads.of(form, posted);
              JobSubmission submission =
                  intake.ofFiles(uploads.files(), uploads.job(), PostRights.poster(caller));
              return dry
                  ? estimated(submission)
                  : accepted(submission, caller, headers, idempotency(headers, uploads::identity));
            });
  }

  private Response estimated(JobSubmission job) {
    return Response.ok(EstimateView.of(estimator.of(job))).build();
  }

  /** The parts of a request that make it the same as another; computed only if there is a key. */
  @FunctionalInterface
  private interface Identity {
    List<String> parts();
  }

  /** What identifies the request; empty when it has no key. */
  private static Optional<Idempotency> idempotency(HttpHeaders headers, Identity identity) {
    return Optional.ofNullable(headers.getHeaderString(IdempotencyKey.HEADER))
        .map(
            key ->
                new Idempotency(
                    IdempotencyKey.checked(key), IdempotencyKey.hash(identity.parts())));
  }

  private Response accepted(
      JobSubmission submission,
      Caller caller,
      HttpHeaders headers,
      Optional<Idempotency> idempotency) {
    JobOrigin origin =
        PostRights.origin(caller)
            .tracedBy(TraceParent.valid(headers.getHeaderString(TraceParent.HEADER)).orElse(null));
    return accepted(jobs.submit(submission, origin, idempotency.orElse(null)));
  }

  private Response accepted(Job job) {
    MDC.put(JobLog.JOB_ID, job.id().toString());
    return Response.accepted(views.of(job)).location(URI.create("/jobs/" + job.id())).build();
  }
}
