package io.burnish.api.job;

import io.burnish.api.input.Cursor;
import io.burnish.api.view.JobCosts;
import io.burnish.api.view.JobView;
import io.burnish.api.view.JobView.CountsView;
import io.burnish.api.view.JobViews;
import io.burnish.database.Sql;
import io.burnish.job.JobCounters;
import io.burnish.job.Jobs;
import io.burnish.job.state.JobFilter;
import io.burnish.job.state.JobOutcome;
import io.burnish.job.stored.Job;
import io.burnish.job.usage.ModelUsage;
import io.burnish.queue.ItemStates;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Builds the pages of the list of jobs. */
@Singleton
class JobLists {

  /** Name of the list in its cursors. */
  static final String NAME = "jobs";

  private final Jobs jobs;
  private final JobCounters counters;
  private final JobCosts costs;
  private final ItemStates items;
  private final Sql sql;

  JobLists(Jobs jobs, JobCounters counters, ItemStates items, JobCosts costs, Sql sql) {
    this.jobs = jobs;
    this.counters = counters;
    this.costs = costs;
    this.items = items;
    this.sql = sql;
  }

  /**
   * A page, in one database snapshot. The id of a job is its place: jobs that are stored or removed
   * between two pages neither repeat nor hide another one.
   *
   * @param before the last job of the page before; null: the first page
   * @param limit jobs at most; over 0
   */
  JobListView page(JobFilter filter, @Nullable UUID before, int limit) {
    return sql.snapshot(
        () -> {
          List<Job> found = jobs.newest(filter, before, limit + 1);
          List<Job> shown = found.subList(0, Math.min(limit, found.size()));
          Map<UUID, Integer> running =
              items.countRunning(
                  shown.stream().filter(job -> job.finishedAt().isEmpty()).map(Job::id).toList());
          Map<UUID, List<ModelUsage>> usage = counters.usage(shown.stream().map(Job::id).toList());
          return new JobListView(
              shown.stream()
                  .map(
                      job ->
                          entry(
                              job,
                              running.getOrDefault(job.id(), 0),
                              costs.of(job, usage.getOrDefault(job.id(), List.of()))))
                  .toList(),
              found.size() > limit ? Cursor.of(NAME, shown.get(limit - 1).id()) : null);
        });
  }

  private static JobListView.Entry entry(Job job, int running, JobView.Cost cost) {
    return new JobListView.Entry(
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
        job.pause().map(JobView.Paused::of).orElse(null),
        CountsView.of(job.counts(), running),
        JobViews.progress(job),
        cost,
        JobViews.links(job));
  }
}
