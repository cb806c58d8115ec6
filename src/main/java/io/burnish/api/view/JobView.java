package io.burnish.api.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.burnish.callback.Outbox;
import io.burnish.job.state.Counts;
import io.burnish.job.state.JobPause;
import io.burnish.job.state.JobState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as the API shows it.
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
 * @param cancelRequestedAt when its owner cancelled it; the state follows when no item is running
 * @param paused why it is paused, by whom and since when; null unless it is
 * @param deadline when it expires; null: never
 * @param budget the most that it may spend
 * @param retries how often failed items were sent again
 * @param version grows with each change of its state, its counts or its options
 * @param metadata the owner's pairs
 * @param callbacks where its end and its pauses are told, and whether they were; null: nowhere
 * @param writeBack the data directory that it is from, and the write-back of its results; null: it
 *     was posted without one
 * @param counts its items
 * @param filtered posted records that the filter left out; they are no items
 * @param progress share of the items that are decided, 0 to 1
 * @param ratePerMinute decided items a minute since the start; null before the start
 * @param etaSeconds seconds until the end at that rate; null when the rate is null or 0
 * @param tokens of its calls
 * @param cost of its calls
 * @param models that were called, by name
 * @param files of the job; empty when it was posted without files
 * @param warnings sentences for the owner about what is unusual, but not an error
 * @param waitingFor why no item is running; null when an item is running or none waits
 * @param links to its resources, by name
 */
@JsonInclude
public record JobView(
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
    @Nullable Instant cancelRequestedAt,
    @Nullable Paused paused,
    @Nullable Instant deadline,
    Budget budget,
    int retries,
    long version,
    Map<String, String> metadata,
    @Nullable Callbacks callbacks,
    @Nullable WriteBackView writeBack,
    CountsView counts,
    int filtered,
    double progress,
    @Nullable Double ratePerMinute,
    @Nullable Long etaSeconds,
    Tokens tokens,
    Cost cost,
    Map<String, ModelShare> models,
    List<FileView> files,
    List<String> warnings,
    @Nullable WaitingFor waitingFor,
    Map<String, String> links) {

  /** Whether nothing of the job changes any more, unless it is retried. */
  @JsonIgnore
  public boolean isFinal() {
    return JobState.of(state).orElseThrow().isFinal();
  }

  /**
   * The pause of a job.
   *
   * @param reason {@code owner}: someone paused it; {@code budget}: it reached its budget
   * @param by name of the key or of the token that paused it; null: the service did, or it is not
   *     known
   * @param at when; null: it is not known
   */
  public record Paused(String reason, @Nullable String by, @Nullable Instant at) {

    /** Shows a pause. */
    public static Paused of(JobPause pause) {
      return new Paused(pause.reason(), pause.by(), pause.at());
    }
  }

  /**
   * The most that the job may spend; see the option of each name.
   *
   * @param maxTokens prompt and completion tokens; null: no limit
   * @param maxCost US$; null: no limit
   */
  public record Budget(@Nullable Long maxTokens, @Nullable BigDecimal maxCost) {}

  /**
   * The callbacks of a job.
   *
   * @param url as it was posted
   * @param deliveries the latest 20, oldest first
   */
  public record Callbacks(String url, List<Outbox.Delivery> deliveries) {}

  /**
   * Items: total = pending + running + succeeded + failed + cancelled; reused is part of succeeded.
   */
  public record CountsView(
      int total, int pending, int running, int succeeded, int failed, int reused, int cancelled) {

    /** Shows the counts of a job of whose open items so many are running. */
    public static CountsView of(Counts counts, int running) {
      int open = counts.total() - counts.done();
      return new CountsView(
          counts.total(),
          open - running,
          running,
          counts.succeeded(),
          counts.failed(),
          counts.reused(),
          counts.cancelled());
    }
  }

  /** Tokens of all calls; cached is part of prompt. */
  public record Tokens(long prompt, long completion, long cached) {}

  /**
   * What the job costs, in US$ at the prices of now.
   *
   * @param spent so far; null: a model that was called has no price
   * @param toCome of the open items, if each costs what a decided one did; null: not known yet
   * @param tokensToCome prompt and completion tokens of the open items, likewise
   */
  public record Cost(
      @Nullable BigDecimal spent, @Nullable BigDecimal toCome, @Nullable Long tokensToCome) {}

  /** The calls of one model for the job; cost is in US$, and null for a model without a price. */
  public record ModelShare(
      long calls,
      long succeeded,
      long refused,
      long promptTokens,
      long completionTokens,
      long cachedTokens,
      @Nullable BigDecimal cost) {}

  /**
   * What items wait for, and until when.
   *
   * @param reason quota, backoff, reask, in_flight_elsewhere, outage, paused, budget or directory
   * @param until the earliest time that one of them can go on; null: when the owner resumes the
   *     job, or another job has ended
   * @param detail a sentence with more; null: none
   */
  public record WaitingFor(String reason, @Nullable Instant until, @Nullable String detail) {}
}
