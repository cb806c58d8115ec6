package io.burnish.api;

import io.burnish.export.RecordWriter;
import io.burnish.intake.Intake;
import io.burnish.job.Job;
import io.burnish.job.JobFile;
import io.burnish.job.JobSubmission;
import io.burnish.job.Jobs;
import io.burnish.queue.ItemQueue;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Batches of records: posted, watched, fetched. */
@Path("/jobs")
@Tag(name = "jobs", description = "Batches of records: posted, watched, fetched")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class JobResource {

  private final Intake intake;
  private final Jobs jobs;
  private final JobViews views;
  private final ItemQueue queue;
  private final RecordWriter writer;

  JobResource(Intake intake, Jobs jobs, JobViews views, ItemQueue queue, RecordWriter writer) {
    this.intake = intake;
    this.jobs = jobs;
    this.views = views;
    this.queue = queue;
    this.writer = writer;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Posts a batch",
      description =
          "A JSON list of records, or an object with \"records\" or \"files\" ([{\"name\",\"records\"}]) and, if wanted, "
              + "\"name\", \"profile\", \"mode\" (enhance, store) and \"options\" (dedupe, retryFailed, rulesOff). "
              + "dedupe says which records count as the same, and are asked about once: content (default; what a model "
              + "reads of them is equal), id (their key is equal, whatever they say; keys that an imported state file "
              + "lists are not sent), none. retryFailed sends again what failed in an earlier job. "
              + "Everything is stored before the answer.")
  @APIResponse(responseCode = "202", description = "Stored; Location names the job")
  @APIResponse(responseCode = "400", description = "Not JSON; line and column are named")
  @APIResponse(responseCode = "422", description = "JSON, but no job; every mistake is named")
  public Response post(byte[] body) {
    return accepted(intake.ofJson(body));
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(
      summary = "Uploads files",
      description =
          "Parts named \"file\" (JSON lists of records) and, if wanted, a part \"job\" (name, profile, mode, options). "
              + "A file that can't be read is rejected by itself, with line and column; the others go on.")
  @APIResponse(responseCode = "202", description = "Stored; Location names the job")
  public Response upload(
      @RestForm("file") @Nullable List<FileUpload> files, @RestForm("job") @Nullable String job)
      throws IOException {
    List<Intake.Upload> uploads = new ArrayList<>();
    for (FileUpload file : files == null ? List.<FileUpload>of() : files) {
      uploads.add(new Intake.Upload(fileName(file), Files.readAllBytes(file.uploadedFile())));
    }
    return accepted(intake.ofFiles(uploads, job));
  }

  /**
   * Browsers and curl send a quote and line ends in a name percent-encoded (Source: WHATWG HTML,
   * multipart form data).
   */
  private static String fileName(FileUpload file) {
    return file.fileName().replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
  }

  private Response accepted(JobSubmission submission) {
    Job job = jobs.submit(submission);
    return Response.accepted(views.of(job)).location(URI.create("/jobs/" + job.id())).build();
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "A job: state, counts, files, models, tokens")
  @APIResponse(responseCode = "404", description = "There is no such job")
  public JobView get(@RestPath String id) {
    return views.of(job(id));
  }

  @GET
  @Path("/{id}")
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(summary = "A job, for a person at a terminal")
  public String summary(@RestPath String id) {
    Job job = job(id);
    return JobSummary.of(views.of(job), queue.reasons(job.id()));
  }

  @GET
  @Path("/{id}/results")
  @Operation(
      summary = "The enhanced records so far, in input order",
      description = "The enhanced_*.json format; \"file\" narrows it to one file.")
  public StreamingOutput results(@RestPath String id, @RestQuery @Nullable String file) {
    Job job = job(id);
    Integer ordinal = ordinal(job, file);
    return out -> writer.results(job.id(), ordinal, out);
  }

  @GET
  @Path("/{id}/failures")
  @Operation(
      summary = "The records that failed so far, in input order",
      description =
          "Each with its errors, attempts and model; with format=records the records alone, as they came (the failed_*.json format).")
  public StreamingOutput failures(
      @RestPath String id, @RestQuery @Nullable String file, @RestQuery @Nullable String format) {
    Job job = job(id);
    Integer ordinal = ordinal(job, file);
    return "records".equals(format)
        ? out -> writer.failedRecords(job.id(), ordinal, out)
        : out -> writer.failures(job.id(), ordinal, out);
  }

  private Job job(String id) {
    try {
      return jobs.find(UUID.fromString(id)).orElseThrow(() -> noSuchJob(id));
    } catch (IllegalArgumentException e) {
      throw noSuchJob(id);
    }
  }

  private static NoSuchJobException noSuchJob(String id) {
    return new NoSuchJobException(
        "there is no job %s; was it posted to another Burnish?".formatted(id));
  }

  private @Nullable Integer ordinal(Job job, @Nullable String file) {
    if (file == null) {
      return null;
    }
    return jobs.files(job.id()).stream()
        .filter(candidate -> candidate.name().equals(file))
        .map(JobFile::ordinal)
        .findFirst()
        .orElseThrow(
            () -> new NoSuchJobException("job %s has no file named %s".formatted(job.id(), file)));
  }
}
