package io.burnish.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.burnish.api.view.JobView;
import io.burnish.api.view.JobView.CountsView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of jobs.
 *
 * @param jobs newest first
 * @param next the cursor of the next page; null on the last one
 */
@JsonInclude
public record JobListView(List<Entry> jobs, @Nullable String next) {

  /**
   * A job in the list: those members of {@link JobView} that are read for all jobs at once.
   *
   * @param id of the job
   * @param name given by the client; null: none
   * @param profile the kind of the records
   * @param mode {@code enhance} or {@code store}
   * @param provider {@code groq}, or {@code simulated} when no model is called
   * @param priority {@code low}, {@code normal} or {@code high}, as it was posted
   * @param state of the job
   * @param outcome {@code succeeded}, {@code partial} or {@code failed}; null until completed
   * @param createdAt when it was stored
   * @param startedAt when its first item was claimed; null before
   * @param finishedAt when its last item was decided; null before
   * @param paused why it is paused, by whom and since when; null unless it is
   * @param counts its items
   * @param progress share of the items that are decided, 0 to 1
   * @param cost what it cost so far, and what is likely to come
   * @param links to its resources, by name
   */
  @JsonInclude
  public record Entry(
      UUID id,
      @Nullable String name,
      String profile,
      String mode,
      String provider,
      String priority,
      String state,
      @Nullable String outcome,
      Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      JobView.@Nullable Paused paused,
      CountsView counts,
      double progress,
      JobView.Cost cost,
      Map<String, String> links) {}
}
