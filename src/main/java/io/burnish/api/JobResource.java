package io.burnish.api;

import io.burnish.export.RecordFormat;
import io.burnish.export.RecordWriter;
import io.burnish.job.Job;
import io.burnish.record.Excerpt;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Reads jobs and results. {@link PostResource} accepts new jobs. */
@Path("/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class JobResource {

  private final JobLookup lookup;
  private final JobViews views;
  private final RecordWriter writer;
  private final Downloads downloads;

  JobResource(JobLookup lookup, JobViews views, RecordWriter writer, Downloads downloads) {
    this.lookup = lookup;
    this.views = views;
    this.writer = writer;
    this.downloads = downloads;
  }

  @GET
  @Path("/{id}")
  public JobView get(@RestPath String id) {
    return views.find(JobLookup.id(id)).orElseThrow(() -> JobLookup.noSuchJob(id));
  }

  @GET
  @Path("/{id}")
  @Produces(MediaType.TEXT_PLAIN)
  public String summary(@RestPath String id) {
    return views.summary(JobLookup.id(id)).orElseThrow(() -> JobLookup.noSuchJob(id));
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
    boolean withEvidence = isTrue("evidence", evidence);
    Job job = lookup.job(id);
    Integer ordinal = lookup.ordinal(job, file);
    RecordFormat form = RecordFormats.of(headers);
    return downloads.of(
        withEvidence
            ? out -> writer.resultsWithEvidence(job.id(), ordinal, form, out)
            : out -> writer.results(job.id(), ordinal, form, out));
  }

  private static boolean isTrue(String parameter, @Nullable String value) {
    if (value != null && !value.equals("true") && !value.equals("false")) {
      throw new InvalidQueryException(
          parameter, "\"%s\" is not known; known are true and false".formatted(Excerpt.of(value)));
    }
    return "true".equals(value);
  }
}
