package io.burnish.api.job;

import io.burnish.access.caller.Role;
import io.burnish.api.download.Downloading;
import io.burnish.api.download.Downloads;
import io.burnish.api.download.RecordFormats;
import io.burnish.api.input.MediaTypes;
import io.burnish.api.input.QueryValues;
import io.burnish.api.view.JobLookup;
import io.burnish.export.RecordFormat;
import io.burnish.export.RecordWriter;
import io.burnish.job.stored.Job;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Reads jobs and results. {@code PostResource} accepts new jobs. */
@Path("/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.READS)
@Blocking
public class JobResource {

  private final JobLookup jobs;
  private final JobAnswers answers;
  private final RecordWriter writer;
  private final Downloads downloads;

  JobResource(JobLookup jobs, JobAnswers answers, RecordWriter writer, Downloads downloads) {
    this.jobs = jobs;
    this.answers = answers;
    this.writer = writer;
    this.downloads = downloads;
  }

  /** The job, now or once it has changed; as plain text with {@code Accept: text/plain}. */
  @GET
  @Path("/{id}")
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  public Uni<Response> get(
      @RestPath String id, @RestQuery @Nullable String wait, @Context HttpHeaders headers) {
    return answers.of(id, wait, headers);
  }

  @GET
  @Downloading
  @Path("/{id}/results")
  @Produces({MediaType.APPLICATION_JSON, MediaTypes.LINES})
  public StreamingOutput results(
      @RestPath String id,
      @RestQuery @Nullable String file,
      @RestQuery @Nullable String evidence,
      @Context HttpHeaders headers) {
    boolean withEvidence = QueryValues.isTrue("evidence", evidence);
    Job job = jobs.job(id);
    Integer ordinal = jobs.ordinal(job.id(), file);
    RecordFormat form = RecordFormats.of(headers);
    return downloads.of(
        withEvidence
            ? out -> writer.resultsWithEvidence(job.id(), ordinal, form, out)
            : out -> writer.results(job.id(), ordinal, form, out));
  }
}
