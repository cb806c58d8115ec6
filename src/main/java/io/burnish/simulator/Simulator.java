package io.burnish.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.faults.FaultScript;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.faults.Outage;
import io.burnish.simulator.http.LoopbackServer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The look-alike: a provider of chat completions with its limits, on the loopback address only. Can
 * be started by itself: {@code Simulator.start(SimulatorSettings.INSTANT)}, or by {@link Main}.
 * Thread-safe.
 */
public final class Simulator implements AutoCloseable {

  private static final int THREADS = 32;
  private static final long LOOK_AT_OUTAGES_MILLIS = 20;

  private final LongSupplier nanos;
  private final FaultScript script = new FaultScript();
  private final CallLog log;
  private final Completions completions;
  private final ProviderApi provider;
  private final LoopbackServer door;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, LoopbackServer.threads());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(LoopbackServer.threads());
  private volatile SimulatorSettings settings;
  private volatile long zero;
  private boolean closed;

  private Simulator(SimulatorSettings settings, LongSupplier nanos) {
    this.settings = settings;
    this.nanos = nanos;
    this.zero = nanos.getAsLong();
    this.log = new CallLog(settings);
    this.completions = new Completions(settings, script, log, Clock.systemUTC());
    this.provider = new ProviderApi(completions, this::behaviour, this::now, threads);
    this.door =
        new LoopbackServer(
            settings.port(),
            Map.of("/", provider::answer, ControlApi.ROOT, new ControlApi(this)::answer),
            threads);
  }

  /**
   * Starts a look-alike.
   *
   * @throws UncheckedIOException when it can't listen, or not write its log
   */
  public static Simulator start(SimulatorSettings settings) {
    return start(settings, System::nanoTime);
  }

  /** The same, with a clock of nanoseconds that never goes back. */
  static Simulator start(SimulatorSettings settings, LongSupplier nanos) {
    Simulator simulator = new Simulator(settings, nanos);
    simulator.door.open();
    simulator.timer.scheduleWithFixedDelay(
        simulator::openOrShut, 0, LOOK_AT_OUTAGES_MILLIS, TimeUnit.MILLISECONDS);
    return simulator;
  }

  /** Where it is; {@code /chat/completions} is to be added. */
  public URI uri() {
    return URI.create("http://127.0.0.1:%d%s".formatted(door.port(), ProviderApi.ROOT));
  }

  /** The calls that are remembered, oldest first. */
  public List<SimulatedCall> calls() {
    return log.calls();
  }

  /** The next calls, one each, go wrong so. */
  public void next(InjectedFault... misbehaviours) {
    script.next(List.of(misbehaviours));
  }

  /** Every call that asks about such a record (as JSON) goes wrong so, until {@link #behave}. */
  public void whenAsked(Predicate<String> record, InjectedFault misbehaviour) {
    script.whenAsked(record, misbehaviour);
  }

  /** Every call to the model goes wrong so, until {@link #behave}. */
  public void whenCalled(String model, InjectedFault misbehaviour) {
    script.whenCalled(model, misbehaviour);
  }

  /** Forgets what was asked of it, and the calls so far; limits and settings stay. */
  public void behave() {
    script.forget();
    log.forget();
  }

  /**
   * Back to the start: {@link #behave}, buckets as they open, nothing cached, the clock at zero.
   */
  public synchronized void reset() {
    behave();
    zero = nanos.getAsLong();
    completions.reset();
  }

  /** Other settings from now on, but for the port; what was used of the limits stays used. */
  public synchronized void change(SimulatorSettings changed) {
    log.change(changed);
    completions.change(changed, now());
    settings = changed;
  }

  /** How it behaves. */
  public SimulatorSettings settings() {
    return settings;
  }

  /** What was counted since the start or the last reset, and what the buckets hold. */
  ObjectNode totals() {
    long now = now();
    ObjectNode totals = log.totals();
    totals.put("seconds", Duration.ofNanos(now).toMillis() / 1000.0);
    ObjectNode quotas = totals.putObject("quotas");
    completions
        .quotas()
        .forEach(
            (model, quota) -> {
              ObjectNode json = quotas.putObject(model);
              json.put("limits", settings.quota().limitsOf(model).toString());
              json.put("takenByCoTenants", quota.takenByOthers(now));
              ObjectNode levels = json.putObject("levels");
              quota.levels(now).forEach((dimension, level) -> levels.put(dimension.name(), level));
            });
    return totals;
  }

  private Behaviour behaviour() {
    return settings.behaviour();
  }

  private long now() {
    return nanos.getAsLong() - zero;
  }

  private synchronized void openOrShut() {
    if (closed || settings.faults().isDown(Outage.Kind.REFUSED, now())) {
      door.close();
      return;
    }
    try {
      door.open();
    } catch (UncheckedIOException e) {
      // Somebody took the port while nobody listened: to a caller that is an outage that goes on.
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    timer.shutdownNow();
    provider.close();
    door.close();
    threads.shutdownNow();
    log.close();
  }
}
