package io.burnish.api.events;

import io.burnish.api.problem.TooManyRequestsException;
import io.burnish.api.view.JobView;
import io.burnish.job.state.Counts;
import io.burnish.job.stored.JobSnapshot;
import io.burnish.job.stored.JobSnapshots;
import io.burnish.loops.LoopWatch;
import io.burnish.loops.Periodic;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Streams the states of all jobs that are not finished: one statement every {@value #EVERY_MILLIS}
 * ms for all clients of this replica, none without a client. Thread-safe.
 */
@ApplicationScoped
class LiveJobs {

  private static final long EVERY_MILLIS = 500;
  private static final int TURNS_UNTIL_COMMENT = 30;

  /** Jobs at most, the newest. */
  private static final int MOST_JOBS = 1_000;

  private static final int MOST_CLIENTS = 1_000;

  /** Events that wait for a slow client; one more, and its stream ends. It comes back, or not. */
  private static final int MOST_UNSENT = 2 * MOST_JOBS;

  /** A job that finished within this time before a turn is sent. */
  private static final Duration LATELY = Duration.ofSeconds(30);

  /** A client that comes back after a longer time sees the jobs that finished within this time. */
  private static final Duration LONGEST_ABSENCE = Duration.ofHours(1);

  private final JobSnapshots snapshots;
  private final Clock clock;
  private final Periodic loop;
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();

  LiveJobs(JobSnapshots snapshots, Clock clock, LoopWatch watch) {
    this.snapshots = snapshots;
    this.clock = clock;
    this.loop = new Periodic("live-jobs", Duration.ofMillis(EVERY_MILLIS), this::turn, watch);
  }

  void start(@Observes StartupEvent event) {
    loop.start();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
  }

  /**
   * The states of all jobs from now on.
   *
   * @param owner only jobs of this owner; null: of all
   * @param since jobs that finished after it are sent too; null: no job that is finished now
   */
  Multi<OutboundSseEvent> events(@Nullable Instant since, @Nullable String owner, Sse sse) {
    if (clients.size() >= MOST_CLIENTS) {
      throw new TooManyRequestsException(
          "%,d clients of this replica follow all jobs already; try again after Retry-After"
              .formatted(MOST_CLIENTS));
    }
    Instant now = clock.instant();
    Instant from = since == null ? now : since.isAfter(now) ? now : since;
    Instant earliest = now.minus(LONGEST_ABSENCE);
    List<JobSnapshot> present =
        snapshots.live(from.isBefore(earliest) ? earliest : from, MOST_JOBS);
    return Multi.createFrom()
        .emitter(
            emitter -> {
              Client client = new Client(emitter, owner, sse);
              client.tell(present, now);
              clients.add(client);
              emitter.onTermination(() -> clients.remove(client));
            },
            MOST_UNSENT);
  }

  void turn() {
    if (clients.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    try {
      List<JobSnapshot> present = snapshots.live(now.minus(LATELY), MOST_JOBS);
      clients.forEach(client -> client.tell(present, now));
    } catch (RuntimeException e) {
      clients.forEach(Client::end);
      clients.clear();
    }
  }

  /** A stream. Its calls come one after the other. */
  private static final class Client {

    private final EventStream stream;
    private final @Nullable String owner;
    private Map<UUID, JobSnapshot> previous = Map.of();

    Client(MultiEmitter<? super OutboundSseEvent> emitter, @Nullable String owner, Sse sse) {
      this.owner = owner;
      this.stream = new EventStream(emitter, sse, TURNS_UNTIL_COMMENT);
    }

    synchronized void tell(List<JobSnapshot> present, Instant now) {
      boolean quiet = true;
      for (JobSnapshot job : present) {
        boolean visible = owner == null || owner.equals(job.owner());
        if (visible && !job.equals(previous.get(job.id()))) {
          quiet = false;
          stream.send(EventId.of(now, job.version()), JobEvent.class, JobEvent.of(job));
        }
      }
      previous = present.stream().collect(Collectors.toMap(JobSnapshot::id, job -> job));
      if (quiet) {
        stream.onQuietTurn();
      }
    }

    void end() {
      stream.end();
    }
  }

  /** A job in the stream of all jobs. */
  record JobEvent(
      UUID id,
      @Nullable String name,
      String state,
      @Nullable String outcome,
      JobView.CountsView counts,
      long version,
      @Nullable Instant finishedAt) {

    static JobEvent of(JobSnapshot job) {
      Counts counts = job.counts();
      return new JobEvent(
          job.id(),
          job.name(),
          job.state().word(),
          job.outcome(),
          JobView.CountsView.of(counts, job.running()),
          job.version(),
          job.finishedAt());
    }
  }
}
