package io.burnish.api.items;

import io.burnish.access.caller.Role;
import io.burnish.api.input.QueryValues;
import io.burnish.api.problem.Problem;
import io.burnish.api.view.JobLookup;
import io.burnish.items.ItemFilter;
import io.burnish.job.stored.Job;
import io.burnish.queue.item.ItemState;
import io.burnish.record.Excerpt;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Reads the items of a job: a page of them, or one with its attempts. */
@Path("/jobs/{id}/items")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.READS)
@Blocking
public class ItemResource {

  private static final int LARGEST_PAGE = 200;
  private static final int PAGE = 50;

  private final JobLookup lookup;
  private final ItemViews views;

  ItemResource(JobLookup lookup, ItemViews views) {
    this.lookup = lookup;
    this.views = views;
  }

  @GET
  public ItemListView list(
      @RestPath String id,
      @RestQuery @Nullable String state,
      @RestQuery @Nullable String code,
      @RestQuery @Nullable String model,
      @RestQuery @Nullable String key,
      @RestQuery @Nullable String text,
      @RestQuery @Nullable String limit,
      @RestQuery @Nullable String cursor) {
    Job job = lookup.job(id);
    QueryValues values = new QueryValues();
    ItemFilter filter =
        new ItemFilter(
            values.oneOf("state", state, ItemState.values(), ItemState::word),
            code,
            model,
            key,
            text);
    int most = values.number("limit", limit, 1, LARGEST_PAGE, PAGE);
    Integer after = values.cursor(cursor, ItemViews.nameOf(job), Integer::valueOf);
    values.check();
    return views.page(job, filter, after, most);
  }

  @GET
  @Path("/{seq}")
  public String item(@RestPath String id, @RestPath String seq) {
    Job job = lookup.job(id);
    return seq(seq)
        .flatMap(position -> views.find(job, position))
        .orElseThrow(
            () ->
                Problem.notFound(
                    "job %s has no item %s; it has %d, numbered from 0"
                        .formatted(job.id(), Excerpt.of(seq), job.counts().total())));
  }

  private static Optional<Integer> seq(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
