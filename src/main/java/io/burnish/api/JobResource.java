package io.burnish.api;

import io.burnish.export.Form;
import io.burnish.export.RecordWriter;
import io.burnish.job.Job;
import io.burnish.job.JobFile;
import io.burnish.job.Jobs;
import io.burnish.queue.ItemQueue;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Batches of records: watched, fetched. {@link PostResource} takes them in. */
@Path("/jobs")
@Tag(name = "jobs", description = "Batches of records: posted, watched, fetched")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class JobResource {

  private final Jobs jobs;
  private final JobViews views;
  private final ItemQueue queue;
  private final RecordWriter writer;
  private final Downloads downloads;

  JobResource(
      Jobs jobs, JobViews views, ItemQueue queue, RecordWriter writer, Downloads downloads) {
    this.jobs = jobs;
    this.views = views;
    this.queue = queue;
    this.writer = writer;
    this.downloads = downloads;
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
  @Produces({MediaType.APPLICATION_JSON, PostResource.LINES})
  @Operation(
      summary = "The enhanced records so far, in input order",
      description =
          "The enhanced_*.json format, or a record a line with Accept: application/x-ndjson; \"file\" narrows it to one file. "
              + "A download that breaks off is cut, never ended as if it were whole.")
  public StreamingOutput results(
      @RestPath String id,
      @RestQuery @Nullable String file,
      @Context HttpHeaders headers,
      @Context HttpServerRequest request) {
    Job job = job(id);
    Integer ordinal = ordinal(job, file);
    Form form = form(headers);
    return downloads.of(request, out -> writer.results(job.id(), ordinal, form, out));
  }

  @GET
  @Path("/{id}/failures")
  @Produces({MediaType.APPLICATION_JSON, PostResource.LINES})
  @Operation(
      summary = "The records that failed so far, in input order",
      description =
          "Each with its errors, attempts and model; with format=records the records alone, as they came (the failed_*.json format). "
              + "A record a line with Accept: application/x-ndjson.")
  public StreamingOutput failures(
      @RestPath String id,
      @RestQuery @Nullable String file,
      @RestQuery @Nullable String format,
      @Context HttpHeaders headers,
      @Context HttpServerRequest request) {
    Job job = job(id);
    Integer ordinal = ordinal(job, file);
    Form form = form(headers);
    return downloads.of(
        request,
        "records".equals(format)
            ? out -> writer.failedRecords(job.id(), ordinal, form, out)
            : out -> writer.failures(job.id(), ordinal, form, out));
  }

  /** The list, unless lines are asked for and the list is not asked for before them. */
  private static Form form(HttpHeaders headers) {
    for (MediaType wanted : headers.getAcceptableMediaTypes()) {
      if (wanted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
        return Form.LIST;
      }
      if (wanted.isCompatible(MediaType.valueOf(PostResource.LINES))) {
        return Form.LINES;
      }
    }
    return Form.LIST;
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
