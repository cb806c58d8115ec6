package io.burnish.api;

import io.burnish.api.JobView.CountsView;
import io.burnish.api.JobView.FileCounts;
import io.burnish.api.JobView.FileView;
import io.burnish.api.JobView.Tokens;
import io.burnish.api.JobView.WaitingFor;
import io.burnish.database.Sql;
import io.burnish.intake.Intake;
import io.burnish.job.Job;
import io.burnish.job.JobFile;
import io.burnish.job.JobMode;
import io.burnish.job.JobOutcome;
import io.burnish.job.JobState;
import io.burnish.job.Jobs;
import io.burnish.job.ModelUsage;
import io.burnish.job.UnreadableJobException;
import io.burnish.models.Admission;
import io.burnish.queue.ItemQueue;
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
import org.jspecify.annotations.Nullable;

/** Puts together what the API shows of a job. */
@Singleton
class JobViews {

  private static final double MILLIS_A_MINUTE = 60_000;

  /** When a worker looks again whether it can read a job that it could not read. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final Jobs jobs;
  private final ItemQueue queue;
  private final Admission admission;
  private final Intake intake;
  private final Clock clock;
  private final Sql sql;

  JobViews(Jobs jobs, ItemQueue queue, Admission admission, Intake intake, Clock clock, Sql sql) {
    this.sql = sql;
    this.jobs = jobs;
    this.admission = admission;
    this.queue = queue;
    this.intake = intake;
    this.clock = clock;
  }

  /** The job as it is now, all of it as of one moment; empty when there is none. */
  Optional<JobView> find(UUID id) {
    return sql.snapshot(() -> jobs.find(id).map(this::view));
  }

  /** The same for a person at a terminal. */
  Optional<String> summary(UUID id) {
    return sql.snapshot(
        () -> jobs.find(id).map(job -> JobSummary.of(view(job), queue.failureReasons(id))));
  }

  /** A job that was just stored. */
  JobView of(Job stored) {
    return find(stored.id()).orElseGet(() -> sql.snapshot(() -> view(stored)));
  }

  private JobView view(Job job) {
    boolean open = job.finishedAt().isEmpty();
    int running = open ? queue.countRunning(job.id()) : 0;
    Double rate = ratePerMinute(job);
    List<ModelUsage> shares = jobs.modelUsage(job.id());
    return new JobView(
        job.id(),
        job.name().orElse(null),
        job.profile(),
        job.mode().word(),
        job.provider(),
        job.priority().word(),
        job.state().word(),
        job.outcome().map(JobOutcome::word).orElse(null),
        job.createdAt(),
        job.startedAt().orElse(null),
        job.finishedAt().orElse(null),
        CountsView.of(job.counts(), running),
        progress(job),
        rate,
        open ? etaSeconds(job, rate) : null,
        tokens(shares),
        models(shares),
        jobs.files(job.id()).stream().map(file -> file(job, file)).toList(),
        jobs.warnings(job.id()),
        open && running == 0 ? waitingFor(job).orElse(null) : null,
        links(job));
  }

  private static double progress(Job job) {
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

  private static Map<String, JobView.ModelShare> models(List<ModelUsage> shares) {
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
                    share.completionTokens())));
    return byModel;
  }

  private Optional<WaitingFor> waitingFor(Job job) {
    return job.state() == JobState.PAUSED
        ? Optional.empty()
        : forAnotherVersion(job)
            .or(() -> forModels(job))
            .or(
                () ->
                    queue
                        .nextWait(job.id())
                        .map(wait -> new WaitingFor(wait.reason(), wait.until(), null)));
  }

  /** The items are not marked: a worker that can read the job takes them at once. */
  private Optional<WaitingFor> forAnotherVersion(Job job) {
    Optional<String> why =
        intake.knows(job.profile())
            ? jobs.whyUnreadable(job)
            : Optional.ofNullable(UnreadableJobException.ofProfile(job.profile()).getMessage());
    return why.map(
        sentence -> new WaitingFor("outage", clock.instant().plus(LOOK_AGAIN), sentence));
  }

  /**
   * Items that no worker took, because no model has room for them, are not marked: they are many.
   */
  private Optional<WaitingFor> forModels(Job job) {
    return job.mode() == JobMode.STORE
        ? Optional.empty()
        : admission
            .waiting()
            .map(
                wait ->
                    new WaitingFor(wait.outage() ? "outage" : "quota", wait.until(), wait.what()));
  }

  private static FileView file(Job job, JobFile file) {
    String query =
        "?file=" + URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
    return new FileView(
        file.name(),
        file.state().word(),
        file.error().orElse(null),
        FileCounts.of(file.counts()),
        file.error().isPresent() ? Map.of() : linkMap(List.of("results", "failures"), job, query));
  }

  private static Map<String, String> links(Job job) {
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
