package io.burnish.api.events;

import io.burnish.api.problem.TooManyRequestsException;
import io.burnish.api.view.JobView;
import io.burnish.api.view.JobViews;
import io.burnish.api.view.WaitReasons;
import io.burnish.job.stored.JobSnapshot;
import io.burnish.job.stored.JobSnapshots;
import io.burnish.loops.LoopWatch;
import io.burnish.loops.Periodic;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Watches jobs for waiting clients: one statement every {@value #EVERY_MILLIS} ms for all jobs and
 * clients of this replica, and the view of a job that changed is read once for all who wait for it.
 * No thread waits. Thread-safe.
 */
@ApplicationScoped
public class JobWatch {

  private static final long EVERY_MILLIS = 400;

  /** Clients at most; a further one is refused. */
  private static final int MOST_CLIENTS = 5_000;

  private final JobSnapshots snapshots;
  private final JobViews views;
  private final WaitReasons waits;
  private final Periodic loop;
  private final ConcurrentMap<UUID, Set<Client>> clients = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /** What was last seen of each watched job. Used by the loop alone. */
  private final Map<UUID, Seen> seen = new HashMap<>();

  JobWatch(JobSnapshots snapshots, JobViews views, WaitReasons waits, LoopWatch watch) {
    this.snapshots = snapshots;
    this.views = views;
    this.waits = waits;
    this.loop = new Periodic("job-watch", Duration.ofMillis(EVERY_MILLIS), this::turn, watch);
  }

  /** What is compared of a job, and its view. */
  private record Seen(JobSnapshot snapshot, String models, JobView view) {}

  /** A client that waits. Called on the thread of the watch, which it must not block. */
  interface Client {

    /**
     * The job as it was at its last change; called at every turn.
     *
     * @return whether the client waits on
     */
    boolean onTurn(JobView job);

    /** The job was removed. The client does not wait on. */
    void onRemoved();

    /** The database can't be read. The client does not wait on. */
    void onFailure(RuntimeException failure);
  }

  void start(@Observes StartupEvent event) {
    loop.start();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
  }

  /**
   * Adds a client.
   *
   * @throws TooManyRequestsException when too many clients wait
   */
  void add(UUID job, Client client) {
    if (count.incrementAndGet() > MOST_CLIENTS) {
      count.decrementAndGet();
      throw new TooManyRequestsException(
          "%,d clients of this replica wait for jobs already; poll without wait, or try again after Retry-After"
              .formatted(MOST_CLIENTS));
    }
    clients.compute(
        job,
        (id, waiting) -> {
          Set<Client> all = waiting == null ? ConcurrentHashMap.newKeySet() : waiting;
          all.add(client);
          return all;
        });
  }

  /** Removes a client; no effect when it does not wait any more. */
  void remove(UUID job, Client client) {
    clients.computeIfPresent(
        job,
        (id, waiting) -> {
          if (waiting.remove(client)) {
            count.decrementAndGet();
          }
          return waiting.isEmpty() ? null : waiting;
        });
  }

  void turn() {
    seen.keySet().retainAll(clients.keySet());
    if (clients.isEmpty()) {
      return;
    }
    try {
      Map<UUID, JobSnapshot> now =
          snapshots.of(List.copyOf(clients.keySet())).stream()
              .collect(Collectors.toMap(JobSnapshot::id, Function.identity()));
      String models = waits.forModels().map(JobView.WaitingFor::reason).orElse("");
      clients.forEach(
          (job, waiting) -> {
            Optional<JobView> view =
                Optional.ofNullable(now.get(job)).flatMap(snapshot -> view(snapshot, models));
            waiting.forEach(client -> tell(job, client, view));
          });
    } catch (RuntimeException e) {
      clients.forEach((job, waiting) -> waiting.forEach(client -> fail(job, client, e)));
    }
  }

  private Optional<JobView> view(JobSnapshot now, String models) {
    Seen before = seen.get(now.id());
    if (before != null && before.snapshot().equals(now) && before.models().equals(models)) {
      return Optional.of(before.view());
    }
    Optional<JobView> view = views.find(now.id());
    view.ifPresent(current -> seen.put(now.id(), new Seen(now, models, current)));
    return view;
  }

  private void tell(UUID job, Client client, Optional<JobView> view) {
    if (view.isEmpty()) {
      remove(job, client);
      client.onRemoved();
    } else if (!client.onTurn(view.get())) {
      remove(job, client);
    }
  }

  private void fail(UUID job, Client client, RuntimeException failure) {
    remove(job, client);
    client.onFailure(failure);
  }
}
