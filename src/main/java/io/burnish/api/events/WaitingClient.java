package io.burnish.api.events;

import io.burnish.api.view.JobLookup;
import io.burnish.api.view.JobView;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A request that waits until its job is as wanted, or until its time is over. */
public final class WaitingClient implements JobWatch.Client {

  private final String id;
  private final Predicate<JobView> wanted;
  private final long deadline;
  private final CompletableFuture<JobView> answer = new CompletableFuture<>();

  private WaitingClient(UUID job, Predicate<JobView> wanted, Duration longest) {
    this.id = job.toString();
    this.wanted = wanted;
    this.deadline = System.nanoTime() + longest.toNanos();
  }

  /** The job once it is as wanted, or as it is when the time is over. */
  public static CompletableFuture<JobView> await(
      JobWatch watch, UUID job, Predicate<JobView> wanted, Duration longest) {
    WaitingClient client = new WaitingClient(job, wanted, longest);
    watch.add(job, client);
    client.answer.whenComplete((view, failure) -> watch.remove(job, client));
    return client.answer;
  }

  @Override
  public boolean onTurn(JobView job) {
    if (wanted.test(job) || System.nanoTime() - deadline >= 0) {
      answer.complete(job);
    }
    return !answer.isDone();
  }

  @Override
  public void onRemoved() {
    answer.completeExceptionally(JobLookup.noSuchJob(id));
  }

  @Override
  public void onFailure(RuntimeException failure) {
    answer.completeExceptionally(failure);
  }
}
