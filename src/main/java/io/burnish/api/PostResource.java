package io.burnish.api;

import io.burnish.intake.Incoming;
import io.burnish.intake.Intake;
import io.burnish.intake.Spool;
import io.burnish.intake.Spooled;
import io.burnish.job.Idempotency;
import io.burnish.job.Job;
import io.burnish.job.JobSubmission;
import io.burnish.job.Jobs;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Batches of records, posted. A body of any size goes through the disk, never whole through memory.
 */
@Path("/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class PostResource {

  /** Media type of a record a line. */
  static final String LINES = "application/x-ndjson";

  /** Header of the owner's word for a job. */
  static final String KEY = "Idempotency-Key";

  /** What a body may be, for who posts another. */
  static final String TAKES =
      "post application/json, application/x-ndjson, or multipart/form-data with parts named file; "
          + "as it is, or packed with gzip";

  private final Spool spool;
  private final Intake intake;
  private final Jobs jobs;
  private final JobViews views;

  PostResource(Spool spool, Intake intake, Jobs jobs, JobViews views) {
    this.spool = spool;
    this.intake = intake;
    this.jobs = jobs;
    this.views = views;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response post(InputStream body, @Context HttpHeaders headers) {
    try (Spooled spooled = spool.take(incoming(body, headers))) {
      return accepted(intake.ofJson(spooled), headers, () -> List.of("json", spooled.sha256()));
    }
  }

  @POST
  @Consumes(LINES)
  @QueryNames(
      value = {"name", "profile", "mode", "priority", "dedupe", "retryFailed"},
      repeatable = "rulesOff")
  public Response postLines(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri) {
    try (Spooled spooled = spool.take(incoming(body, headers))) {
      return accepted(
          intake.ofLines(spooled, uri.getQueryParameters()),
          headers,
          () ->
              List.of(
                  "lines", new TreeMap<>(uri.getQueryParameters()).toString(), spooled.sha256()));
    }
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response upload(InputStream body, @Context HttpHeaders headers) {
    try (Uploads uploads = Uploads.read(incoming(body, headers), headers.getMediaType(), spool)) {
      return accepted(intake.ofFiles(uploads.files(), uploads.job()), headers, uploads::identity);
    }
  }

  private Incoming incoming(InputStream body, HttpHeaders headers) {
    String packing = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    return switch (packing == null ? "identity" : packing.strip().toLowerCase(Locale.ROOT)) {
      case "identity", "" -> spool.plain(body);
      case "gzip", "x-gzip" -> spool.gzipped(body);
      default -> throw Problem.unsupportedMediaType("Content-Encoding is not gzip; " + TAKES);
    };
  }

  /** What makes a posting the one that it is, asked for when somebody wants to know. */
  @FunctionalInterface
  private interface Identity {
    List<String> parts();
  }

  private Response accepted(JobSubmission submission, HttpHeaders headers, Identity identity) {
    String key = headers.getHeaderString(KEY);
    Job job =
        key == null
            ? jobs.submit(submission)
            : jobs.submit(
                submission,
                new Idempotency(
                    IdempotencyKey.checked(key), IdempotencyKey.hash(identity.parts())));
    return Response.accepted(views.of(job)).location(URI.create("/jobs/" + job.id())).build();
  }
}
