package io.burnish.api;

import io.burnish.export.RecordFormat;
import io.burnish.export.RecordWriter;
import io.burnish.job.Job;
import io.burnish.job.JobFile;
import io.burnish.job.JobLog;
import io.burnish.job.Jobs;
import io.burnish.record.Excerpt;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.UUID;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Reads jobs, results and failures. {@link PostResource} accepts new jobs. */
@Path("/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class JobResource {

  private final Jobs jobs;
  private final JobViews views;
  private final RecordWriter writer;
  private final Downloads downloads;

  JobResource(Jobs jobs, JobViews views, RecordWriter writer, Downloads downloads) {
    this.jobs = jobs;
    this.views = views;
    this.writer = writer;
    this.downloads = downloads;
  }

  @GET
  @Path("/{id}")
  public JobView get(@RestPath String id) {
    return views.find(uuid(id)).orElseThrow(() -> noSuchJob(id));
  }

  @GET
  @Path("/{id}")
  @Produces(MediaType.TEXT_PLAIN)
  public String summary(@RestPath String id) {
    return views.summary(uuid(id)).orElseThrow(() -> noSuchJob(id));
  }

  @GET
  @Downloading
  @Path("/{id}/results")
  @Produces({MediaType.APPLICATION_JSON, PostResource.LINES})
  public StreamingOutput results(
      @RestPath String id,
      @RestQuery @Nullable String file,
      @RestQuery @Nullable String evidence,
      @Context HttpHeaders headers) {
    boolean withEvidence = QueryCheck.isTrue("evidence", evidence);
    Job job = job(id);
    Integer ordinal = ordinal(job, file);
    RecordFormat form = format(headers);
    return downloads.of(
        withEvidence
            ? out -> writer.resultsWithEvidence(job.id(), ordinal, form, out)
            : out -> writer.results(job.id(), ordinal, form, out));
  }

  @GET
  @Downloading
  @Path("/{id}/failures")
  @Produces({MediaType.APPLICATION_JSON, PostResource.LINES})
  public StreamingOutput failures(
      @RestPath String id,
      @RestQuery @Nullable String file,
      @RestQuery @Nullable String format,
      @Context HttpHeaders headers) {
    if (format != null && !format.equals("records")) {
      throw new InvalidQueryException(
          "format", "\"%s\" is not known; known is records".formatted(Excerpt.of(format)));
    }
    Job job = job(id);
    Integer ordinal = ordinal(job, file);
    RecordFormat form = format(headers);
    return downloads.of(
        format == null
            ? out -> writer.failures(job.id(), ordinal, form, out)
            : out -> writer.failedRecords(job.id(), ordinal, form, out));
  }

  /** {@link RequestCheck} chose the media type, and set the header to it. */
  private static RecordFormat format(HttpHeaders headers) {
    return PostResource.LINES.equals(headers.getHeaderString(HttpHeaders.ACCEPT))
        ? RecordFormat.LINES
        : RecordFormat.LIST;
  }

  private Job job(String id) {
    return jobs.find(uuid(id)).orElseThrow(() -> noSuchJob(id));
  }

  /** The id; later log lines of this request have it as a field. */
  private static UUID uuid(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      MDC.put(JobLog.JOB_ID, uuid.toString());
      return uuid;
    } catch (IllegalArgumentException e) {
      throw noSuchJob(id);
    }
  }

  private static HttpProblem noSuchJob(String id) {
    return Problem.notFound(
        "there is no job %s; it may belong to another Burnish, or retention removed it after 30 days (burnish.retention.finished-jobs)"
            .formatted(Excerpt.of(id)));
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
            () ->
                Problem.notFound(
                    "job %s has no file named \"%s\"".formatted(job.id(), Excerpt.of(file))));
  }
}
