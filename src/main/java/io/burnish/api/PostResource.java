package io.burnish.api;

import io.burnish.intake.Intake;
import io.burnish.intake.Spooled;
import io.burnish.job.Idempotency;
import io.burnish.job.Job;
import io.burnish.job.JobSubmission;
import io.burnish.job.Jobs;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
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
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;
import org.jspecify.annotations.Nullable;

/**
 * Batches of records, posted. A body of any size goes through the disk, never whole through memory,
 * and is there when a method begins ({@link BodyIntake}).
 */
@Path("/jobs")
@Tag(name = "jobs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Spooling
public class PostResource {

  /** Media type of a record a line. */
  static final String LINES = "application/x-ndjson";

  /** Header of the owner's word for a job. */
  static final String KEY = "Idempotency-Key";

  private static final String DRY_RUN = "dryRun";

  private static final String DATABASE_AWAY =
      "The database is away. Whether the job was stored is not known: post the same again, under the same Idempotency-Key";

  private final Intake intake;
  private final Jobs jobs;
  private final JobViews views;

  PostResource(Intake intake, Jobs jobs, JobViews views) {
    this.intake = intake;
    this.jobs = jobs;
    this.views = views;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Posts a batch",
      description =
          "A JSON list of records, or an object with \"records\" or \"files\" ([{\"name\",\"records\"}]) and, if wanted, "
              + "\"name\", \"profile\", \"mode\" (enhance, store) and \"options\" (priority, dedupe, retryFailed, rulesOff). "
              + "priority (low, normal, high; default normal) says how much of the work at hand the job gets while others have "
              + "work too: each is worth three times the one before it, and a job rises with its age, so that none is starved. "
              + "dedupe says which records count as the same, and are asked about once: content (default; what a model "
              + "reads of them is equal), id (their key is equal, whatever they say; keys that an imported state file "
              + "lists are not sent), none. retryFailed sends again what failed in an earlier job. "
              + "Everything is stored before the answer, or nothing is. Bodies may be packed (Content-Encoding: gzip). "
              + "With an Idempotency-Key the same body makes one job, however often it is posted. "
              + "There are no dry runs yet: ?dryRun is refused.")
  @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @Parameter(
      name = KEY,
      in = ParameterIn.HEADER,
      description = "The owner's word for this job, such as a UUID; 200 characters at most")
  @APIResponse(responseCode = "202", description = "Stored; Location names the job")
  @APIResponse(responseCode = "400", description = "Not JSON; line and column are named")
  @APIResponse(responseCode = "413", description = "Larger than burnish.intake.max-body")
  @APIResponse(
      responseCode = "422",
      description =
          "JSON, but no job; every mistake is named. Or the key was used for another body. Or a dry run was asked for")
  @APIResponse(responseCode = "429", description = "Too many jobs are being stored just now")
  @APIResponse(responseCode = "503", description = DATABASE_AWAY)
  @APIResponse(responseCode = "507", description = "The disk has no room for the body")
  public Response post(
      @Context HttpHeaders headers, @Context UriInfo uri, @Context RoutingContext routing) {
    refuseDryRun(uri);
    return Posted.of(routing)
        .use(
            posted -> {
              Spooled body = posted.unpacked();
              return accepted(intake.ofJson(body), headers, () -> List.of("json", body.sha256()));
            });
  }

  @POST
  @Consumes(LINES)
  @Operation(
      summary = "Posts a batch, a record a line",
      description =
          "Blank lines are skipped. The terms are query parameters: name, profile, mode, priority, dedupe, retryFailed, rulesOff.")
  @RequestBody(content = @Content(schema = @Schema(type = SchemaType.STRING)))
  @APIResponse(responseCode = "202", description = "Stored; Location names the job")
  @APIResponse(responseCode = "400", description = "A line is not JSON; line and column are named")
  @APIResponse(responseCode = "503", description = DATABASE_AWAY)
  public Response postLines(
      @Context HttpHeaders headers, @Context UriInfo uri, @Context RoutingContext routing) {
    refuseDryRun(uri);
    return Posted.of(routing)
        .use(
            posted -> {
              Spooled body = posted.unpacked();
              return accepted(
                  intake.ofLines(body, uri.getQueryParameters()),
                  headers,
                  () ->
                      List.of(
                          "lines",
                          new TreeMap<>(uri.getQueryParameters()).toString(),
                          body.sha256()));
            });
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(
      summary = "Uploads files",
      description =
          "Parts named \"file\" (JSON lists of records, or .ndjson) and, if wanted, a part \"job\" (name, profile, mode, options). "
              + "A file that can't be read is rejected by itself, with line and column; the others go on.")
  @RequestBody(content = @Content(schema = @Schema(implementation = UploadForm.class)))
  @APIResponse(responseCode = "202", description = "Stored; Location names the job")
  @APIResponse(responseCode = "503", description = DATABASE_AWAY)
  public Response upload(
      @RestForm("file") @Nullable List<FileUpload> file,
      @RestForm("job") @Nullable List<FileUpload> job,
      MultipartFormDataInput form,
      @Context HttpHeaders headers,
      @Context UriInfo uri,
      @Context RoutingContext routing) {
    refuseDryRun(uri);
    return Posted.of(routing)
        .use(
            posted -> {
              Uploads uploads = Uploads.of(form, posted);
              return accepted(
                  intake.ofFiles(uploads.files(), uploads.job()), headers, uploads::identity);
            });
  }

  /**
   * Who asks what a job would cost must not pay for it. Whatever its value: nobody has to guess.
   */
  private static void refuseDryRun(UriInfo uri) {
    if (uri.getQueryParameters().containsKey(DRY_RUN)) {
      throw new InvalidQueryException(
          DRY_RUN,
          "there are no dry runs yet; nothing was stored, and no model is asked. Post without this parameter to have it done");
    }
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

  /** The parts of an upload, for the contract. */
  @Schema(name = "Upload")
  record UploadForm(
      @Schema(type = SchemaType.ARRAY, format = "binary", implementation = String.class)
          @Nullable List<String> file,
      @Schema(description = "name, profile, mode, options") @Nullable String job) {}
}
