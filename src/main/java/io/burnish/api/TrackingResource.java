package io.burnish.api;

import io.burnish.tracking.StateFile;
import io.burnish.tracking.Tracked;
import io.burnish.tracking.Tracking;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What was decided before. */
@Path("/tracking")
@Tag(
    name = "tracking",
    description =
        "What was decided before, and is not asked about again. Each provider has a tracking of its own: "
            + "simulated answers are never taken for real ones, nor forgotten with them")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class TrackingResource {

  /** State files have no profile: the script knew only discounts. */
  private static final String PROFILE_OF_STATE_FILES = "discount";

  private static final String DATABASE_AWAY =
      "The database is away. Whether it was done is not known: send it again, twice is as good as once";

  private static final Set<String> CONDITIONS = Set.of("profile", "state", "key");

  private final Tracking tracking;
  private final Downloads downloads;

  TrackingResource(Tracking tracking, Downloads downloads) {
    this.tracking = tracking;
    this.downloads = downloads;
  }

  @GET
  @Operation(
      summary = "How much is tracked",
      description =
          "processed and failed count contents that were decided here; imported counts the keys that imported state files list. "
              + "Where counting takes longer than five seconds, a sample is counted, and estimated is true.")
  public TrackingView counts() {
    return TrackingView.of(tracking.provider(), tracking.counts());
  }

  @GET
  @Path("/{key:.+}")
  @Operation(
      summary = "What is known of a key",
      description = "Every content that was decided under it, the latest first, 1,000 at most.")
  @APIResponse(responseCode = "200", description = "What is known")
  @APIResponse(responseCode = "404", description = "Nothing is known of the key")
  public TrackingView.OfKey ofKey(@RestPath String key) {
    List<Tracked> tracked = tracking.ofKey(key);
    if (tracked.isEmpty()) {
      throw new NothingTrackedException(
          "nothing is known of the key \"%s\" among the answers of %s"
              .formatted(key, tracking.provider()));
    }
    return new TrackingView.OfKey(key, tracked.stream().map(TrackingView.Entry::of).toList());
  }

  @DELETE
  @Operation(
      summary = "Forgets what fits all the conditions, or everything when there are none",
      description =
          "What is forgotten is sent again when it is posted again. Finished jobs keep their results. "
              + "Ten thousand go in a transaction, and the answer comes when all are gone: what is decided meanwhile may stay. "
              + "An unknown condition is refused, lest a slip of the pen forgets everything.")
  @APIResponse(
      responseCode = "200",
      description = "How many contents and imported keys were forgotten")
  @APIResponse(
      responseCode = "422",
      description = "A condition is not known; nothing was forgotten")
  @APIResponse(responseCode = "503", description = DATABASE_AWAY)
  public TrackingView.Forgotten forget(
      @RestQuery @Nullable String profile,
      @RestQuery @Nullable String state,
      @RestQuery @Nullable String key,
      @Context UriInfo uri) {
    requireKnownConditions(uri);
    return new TrackingView.Forgotten(tracking.forget(profile, TrackingView.state(state), key));
  }

  private static void requireKnownConditions(UriInfo uri) {
    uri.getQueryParameters()
        .forEach(
            (name, values) -> {
              if (!CONDITIONS.contains(name)) {
                throw new InvalidQueryException(
                    name, "there is no such condition; known are profile, state, key");
              }
              if (values.size() > 1) {
                throw new InvalidQueryException(name, "may be given once");
              }
            });
  }

  @GET
  @Path("/state")
  @Operation(
      summary = "The tracked discounts as a groq_tracking_state.json",
      description =
          "Ids that are processed or failed, numbers first. A discount_id of which any content is processed is processed. "
              + "model_429_count is what imported files said; the timestamp is now, UTC.")
  public StreamingOutput exportState(@Context HttpServerRequest request) {
    return downloads.of(request, out -> tracking.exportState(PROFILE_OF_STATE_FILES, out));
  }

  @PUT
  @Spooling
  @Path("/state")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Takes over a groq_tracking_state.json",
      description =
          "What it lists is not sent by jobs of dedupe id; what failed is, with retryFailed. The file is added to what "
              + "is tracked and takes nothing away, so that an import costs no result; the same file twice changes nothing. "
              + "An id that is processed in one place and failed in another is processed. Unknown fields are ignored. "
              + "To replace what is tracked, DELETE /tracking first.")
  @APIResponse(responseCode = "200", description = "How much the file lists")
  @APIResponse(responseCode = "400", description = "Not JSON; line and column are named")
  @APIResponse(responseCode = "422", description = "JSON, but no state file; the place is named")
  @APIResponse(responseCode = "503", description = DATABASE_AWAY)
  public TrackingView.Imported importState(byte[] body) {
    StateFile file = StateFile.read(body);
    tracking.importState(PROFILE_OF_STATE_FILES, file);
    return new TrackingView.Imported(
        file.processed().size(), file.failed().size(), file.times429().size());
  }
}
