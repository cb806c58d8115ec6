package io.burnish.api.view;

import io.burnish.api.view.FileView.FileCounts;
import io.burnish.api.view.JobCosts.FileCost;
import io.burnish.api.view.JobView.CountsView;
import io.burnish.api.view.JobView.Tokens;
import io.burnish.callback.Outbox;
import io.burnish.job.JobCounters;
import io.burnish.job.Jobs;
import io.burnish.job.state.JobOutcome;
import io.burnish.job.stored.Job;
import io.burnish.job.stored.JobFile;
import io.burnish.job.stored.JobWarnings;
import io.burnish.job.usage.ModelUsage;
import io.burnish.queue.item.CountedItems;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Builds the views of a job. */
@Singleton
public class JobViews {

  private static final double MILLIS_A_MINUTE = 60_000;

  private final Jobs jobs;
  private final JobCounters counters;
  private final WaitReasons waits;
  private final Outbox outbox;
  private final JobCosts costs;
  private final Clock clock;

  JobViews(
      Jobs jobs,
      JobCounters counters,
      WaitReasons waits,
      Outbox outbox,
      JobCosts costs,
      Clock clock) {
    this.jobs = jobs;
    this.counters = counters;
    this.waits = waits;
    this.outbox = outbox;
    this.costs = costs;
    this.clock = clock;
  }

  /** The view of a job, in one database snapshot; empty when there is no such job. */
  public Optional<JobView> find(UUID id) {
    return find(id, job -> true);
  }

  /** The same; empty when the condition is not met, too. */
  Optional<JobView> find(UUID id, Predicate<Job> condition) {
    return counters.snapshot(
        id,
        (items, shares) -> jobs.find(id).filter(condition).map(job -> view(job, items, shares)));
  }

  /** The same as plain text. */
  public String text(JobView job) {
    return JobSummary.of(job, counters.failureReasons(job.id()));
  }

  /** The view of a job that was just stored; it may be removed already. */
  public JobView of(Job stored) {
    return find(stored.id())
        .orElseGet(
            () -> counters.snapshot(stored.id(), (items, shares) -> view(stored, items, shares)));
  }

  private JobView view(Job job, CountedItems items, List<ModelUsage> shares) {
    boolean open = job.finishedAt().isEmpty();
    int running = open ? items.running() : 0;
    Double rate = ratePerMinute(job);
    return new JobView(
        job.id(),
        job.name().orElse(null),
        job.spec().profile(),
        job.spec().mode().word(),
        job.spec().provider(),
        job.spec().priority().word(),
        job.state().word(),
        job.outcome().map(JobOutcome::word).orElse(null),
        job.spec().createdAt(),
        job.startedAt().orElse(null),
        job.finishedAt().orElse(null),
        job.cancelRequestedAt().orElse(null),
        job.pause().map(JobView.Paused::of).orElse(null),
        job.deadline().orElse(null),
        new JobView.Budget(job.budget().maxTokens(), job.budget().maxCost()),
        job.retries(),
        job.version(),
        job.spec().metadata(),
        callbacks(job),
        writeBack(job),
        CountsView.of(job.counts(), running),
        job.filtered(),
        progress(job),
        rate,
        open ? etaSeconds(job, rate) : null,
        tokens(shares),
        costs.of(job, shares),
        models(shares),
        files(job),
        JobWarnings.of(items),
        open && running == 0 ? waits.of(job).orElse(null) : null,
        links(job));
  }

  private JobView.@Nullable Callbacks callbacks(Job job) {
    String url = job.spec().callbackUrl();
    return url == null ? null : new JobView.Callbacks(url, outbox.ofJob(job.id()));
  }

  private @Nullable WriteBackView writeBack(Job job) {
    return job.hasDirectory()
        ? jobs.directory(job.id())
            .map(directory -> WriteBackView.of(directory, job.state().isFinal()))
            .orElse(null)
        : null;
  }

  /** The decided share of the items, 0 to 1; 1 when there are none. */
  public static double progress(Job job) {
    int total = job.counts().total();
    return total == 0 ? 1 : Math.floor(10_000.0 * job.counts().done() / total) / 10_000;
  }

  /** Items that were decided at intake are not counted: they say nothing of what is to come. */
  private @Nullable Double ratePerMinute(Job job) {
    if (job.startedAt().isEmpty()) {
      return null;
    }
    Instant until = job.finishedAt().orElseGet(clock::instant);
    long millis = Duration.between(job.startedAt().get(), until).toMillis();
    return millis <= 0
        ? null
        : Math.round(job.counts().done() * MILLIS_A_MINUTE * 10 / millis) / 10.0;
  }

  private static @Nullable Long etaSeconds(Job job, @Nullable Double ratePerMinute) {
    if (ratePerMinute == null || ratePerMinute == 0) {
      return null;
    }
    return (long) Math.ceil((job.counts().total() - job.counts().done()) * 60 / ratePerMinute);
  }

  private static Tokens tokens(List<ModelUsage> shares) {
    return new Tokens(
        shares.stream().mapToLong(ModelUsage::promptTokens).sum(),
        shares.stream().mapToLong(ModelUsage::completionTokens).sum(),
        shares.stream().mapToLong(ModelUsage::cachedTokens).sum());
  }

  private Map<String, JobView.ModelShare> models(List<ModelUsage> shares) {
    Map<String, JobView.ModelShare> byModel = new LinkedHashMap<>();
    shares.forEach(
        share ->
            byModel.put(
                share.model(),
                new JobView.ModelShare(
                    share.calls(),
                    share.succeeded(),
                    share.refused(),
                    share.promptTokens(),
                    share.completionTokens(),
                    share.cachedTokens(),
                    costs.of(share))));
    return byModel;
  }

  private List<FileView> files(Job job) {
    if (!job.hasFiles()) {
      return List.of();
    }
    List<JobFile> files = jobs.files(job.id());
    Map<Integer, FileCost> costOf = costs.files(job);
    return files.stream()
        .map(file -> file(job, file, costOf.getOrDefault(file.ordinal(), JobCosts.NONE)))
        .toList();
  }

  private static FileView file(Job job, JobFile file, FileCost cost) {
    String query =
        "?file=" + URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
    return new FileView(
        file.name(),
        file.state().word(),
        file.error().orElse(null),
        FileCounts.of(file.counts()),
        cost.tokens(),
        cost.cost(),
        file.error().isPresent() ? Map.of() : linkMap(List.of("results", "failures"), job, query));
  }

  /** Paths of the job and of its records, by name. */
  public static Map<String, String> links(Job job) {
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", "/jobs/" + job.id());
    links.putAll(linkMap(List.of("results", "failures"), job, ""));
    return links;
  }

  private static Map<String, String> linkMap(List<String> names, Job job, String query) {
    Map<String, String> links = new LinkedHashMap<>();
    names.forEach(name -> links.put(name, "/jobs/%s/%s%s".formatted(job.id(), name, query)));
    return links;
  }
}
