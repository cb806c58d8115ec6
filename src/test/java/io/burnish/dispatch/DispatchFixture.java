package io.burnish.dispatch;

import io.burnish.attempt.CallAttempt;
import io.burnish.attempt.InternalErrors;
import io.burnish.attempt.OutcomePolicy;
import io.burnish.budget.Budgets;
import io.burnish.cluster.WorkerRegistry;
import io.burnish.completion.BatchWriters;
import io.burnish.dedup.Deduplicator;
import io.burnish.dedup.JobSpecs;
import io.burnish.dedup.QuarantinedJobs;
import io.burnish.dispatch.call.CallExecutor;
import io.burnish.dispatch.call.CallRunner;
import io.burnish.dispatch.call.CallSlots;
import io.burnish.dispatch.call.CallThreads;
import io.burnish.dispatch.call.InFlightItems;
import io.burnish.dispatch.call.PackObserver;
import io.burnish.dispatch.call.RunningCalls;
import io.burnish.dispatch.plan.CallPlanner;
import io.burnish.dispatch.plan.DispatchConfig;
import io.burnish.enhancement.Enhancer;
import io.burnish.job.JobCounters;
import io.burnish.loops.Signal;
import io.burnish.metrics.CallMeters;
import io.burnish.models.Admission;
import io.burnish.prices.Prices;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.item.Claimant;
import io.burnish.traces.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;

/** Builds a dispatcher whose calls run when the test lets them. */
@Singleton
public class DispatchFixture {

  private final DispatchConfig config;
  private final ItemQueue queue;
  private final WorkerRegistry registry;
  private final JobCounters jobs;
  private final Deduplicator deduplicator;
  private final JobSpecs specs;
  private final Enhancer enhancer;
  private final Admission admission;
  private final OutcomePolicy policy;
  private final InternalErrors errors;
  private final Budgets budgets;

  DispatchFixture(
      DispatchConfig config,
      ItemQueue queue,
      WorkerRegistry registry,
      JobCounters jobs,
      Deduplicator deduplicator,
      JobSpecs specs,
      Enhancer enhancer,
      Admission admission,
      OutcomePolicy policy,
      InternalErrors errors,
      Budgets budgets) {
    this.config = config;
    this.queue = queue;
    this.registry = registry;
    this.jobs = jobs;
    this.deduplicator = deduplicator;
    this.specs = specs;
    this.enhancer = enhancer;
    this.admission = admission;
    this.policy = policy;
    this.errors = errors;
    this.budgets = budgets;
  }

  /** Calls that wait until the test runs them. */
  public static final class HeldCalls extends CallThreads {
    private final Deque<Runnable> held = new ArrayDeque<>();

    HeldCalls(DispatchConfig config) {
      super(config);
    }

    @Override
    public void execute(Runnable call) {
      held.add(call);
    }

    /** How many wait. */
    public int size() {
      return held.size();
    }

    /** Runs all that wait, and those that come meanwhile. */
    public void run() {
      while (!held.isEmpty()) {
        held.poll().run();
      }
    }
  }

  /** A dispatcher and its parts. */
  public record Dispatch(
      HeldCalls calls,
      CallSlots slots,
      InFlightItems inFlight,
      CallPlanner planner,
      Dispatcher dispatcher,
      ReadyLookAhead lookAhead) {}

  /** Builds a dispatcher for a worker. */
  public Dispatch dispatch(
      Claimant claimant,
      CallAttempt attempt,
      BatchWriters writers,
      QuarantinedJobs quarantined,
      Signal signal) {
    HeldCalls calls = new HeldCalls(config);
    CallSlots slots = new CallSlots(config);
    InFlightItems inFlight = new InFlightItems(registry, claimant);
    CallPlanner planner = new CallPlanner(config, admission);
    CallFreeResolver resolver =
        new CallFreeResolver(
            deduplicator, new StoredAnswers(attempt, specs, errors), errors, writers, jobs);
    ItemGroups groups = new ItemGroups(specs, policy, config, budgets);
    CallExecutor executor =
        new CallExecutor(
            new CallRunner(attempt, planner, writers, errors, budgets),
            writers,
            new RunningCalls(inFlight, slots, signal),
            calls,
            new PackObserver(
                new CallMeters(new SimpleMeterRegistry(), new Prices("")), Traces.OFF, null));
    PackStarter packs =
        new PackStarter(new RecordSizes(specs, enhancer, errors), planner, executor, writers);
    Dispatcher dispatcher =
        new Dispatcher(
            resolver, groups, new GroupPlacement(groups, planner, packs, writers, queue), writers);
    return new Dispatch(
        calls,
        slots,
        inFlight,
        planner,
        dispatcher,
        new ReadyLookAhead(queue, deduplicator, resolver, quarantined));
  }
}
