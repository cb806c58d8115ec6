package io.burnish.api.items;

import io.burnish.access.caller.Role;
import io.burnish.api.download.Downloading;
import io.burnish.api.download.Downloads;
import io.burnish.api.download.RecordFormats;
import io.burnish.api.input.MediaTypes;
import io.burnish.api.problem.InvalidQueryException;
import io.burnish.api.problem.Problem;
import io.burnish.api.view.JobLookup;
import io.burnish.export.FailureGroups;
import io.burnish.export.RecordFormat;
import io.burnish.export.RecordWriter;
import io.burnish.job.stored.Job;
import io.burnish.record.Excerpt;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Reads the failures of a job: each record, or their codes with examples. */
@Path("/jobs/{id}/failures")
@RolesAllowed(Role.READS)
@Blocking
public class FailureResource {

  private final JobLookup lookup;
  private final RecordWriter writer;
  private final FailureGroups groups;
  private final Downloads downloads;

  FailureResource(
      JobLookup lookup, RecordWriter writer, FailureGroups groups, Downloads downloads) {
    this.lookup = lookup;
    this.writer = writer;
    this.groups = groups;
    this.downloads = downloads;
  }

  /** A download, or with {@code groupBy} a {@link FailureGroupsView}. */
  @GET
  @Downloading
  @Produces({MediaType.APPLICATION_JSON, MediaTypes.LINES})
  public Object failures(
      @RestPath String id,
      @RestQuery @Nullable String file,
      @RestQuery @Nullable String format,
      @RestQuery @Nullable String groupBy,
      @Context HttpHeaders headers) {
    check(format, groupBy);
    RecordFormat form = RecordFormats.of(headers);
    Job job = lookup.job(id);
    Integer ordinal = lookup.ordinal(job.id(), file);
    if (groupBy != null) {
      if (form == RecordFormat.LINES) {
        throw Problem.notAcceptable("with groupBy, this address answers with application/json");
      }
      return FailureGroupsView.of(job.spec().profile(), groups.of(job.id(), ordinal));
    }
    return downloads.of(
        format == null
            ? out -> writer.failures(job.id(), ordinal, form, out)
            : out -> writer.failedRecords(job.id(), ordinal, form, out));
  }

  private static void check(@Nullable String format, @Nullable String groupBy) {
    if (format != null && !format.equals("records")) {
      throw new InvalidQueryException(
          "format", "\"%s\" is not known; known is records".formatted(Excerpt.of(format)));
    }
    if (groupBy != null && !groupBy.equals("code")) {
      throw new InvalidQueryException(
          "groupBy", "\"%s\" is not known; known is code".formatted(Excerpt.of(groupBy)));
    }
    if (groupBy != null && format != null) {
      throw new InvalidQueryException(
          "groupBy", "can't be combined with format; leave one of them out");
    }
  }
}
