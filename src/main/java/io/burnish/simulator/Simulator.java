package io.burnish.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.calls.CallLog;
import io.burnish.simulator.calls.SimulatedCall;
import io.burnish.simulator.faults.FaultScript;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.faults.Outage;
import io.burnish.simulator.http.LoopbackServer;
import io.burnish.simulator.settings.Behaviour;
import io.burnish.simulator.settings.SimulatorSettings;
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
 * A provider of chat completions that behaves like Groq, with its limits, on the loopback address
 * only. In a test: {@code Simulator.start(SimulatorSettings.INSTANT)}; by itself: {@link Main}.
 * Thread-safe.
 */
public final class Simulator implements AutoCloseable {

  private static final int THREADS = 32;
  private static final long OUTAGE_CHECK_MILLIS = 20;

  private final LongSupplier nanos;
  private final FaultScript script = new FaultScript();
  private final CallLog log;
  private final Completions completions;
  private final ProviderApi provider;
  private final LoopbackServer server;
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
    this.server =
        new LoopbackServer(
            settings.port(),
            Map.of("/", provider::answer, ControlApi.ROOT, new ControlApi(this)::answer),
            threads);
  }

  /**
   * Starts a simulator.
   *
   * @throws UncheckedIOException if the port or the log can't be opened
   */
  public static Simulator start(SimulatorSettings settings) {
    return start(settings, System::nanoTime);
  }

  /** Starts a simulator with a clock of nanoseconds that never goes back. */
  static Simulator start(SimulatorSettings settings, LongSupplier nanos) {
    Simulator simulator = new Simulator(settings, nanos);
    simulator.server.open();
    simulator.timer.scheduleWithFixedDelay(
        simulator::updateListening, 0, OUTAGE_CHECK_MILLIS, TimeUnit.MILLISECONDS);
    return simulator;
  }

  /** The base URL, without {@code /chat/completions}. */
  public URI uri() {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.port(), ProviderApi.ROOT));
  }

  /** The calls that are kept, oldest first. */
  public List<SimulatedCall> calls() {
    return log.calls();
  }

  /** Injects these faults into the next calls, one each. */
  public void next(InjectedFault... faults) {
    script.next(List.of(faults));
  }

  /**
   * Injects a fault into every call that asks about such a record (as JSON), until {@link #clear}.
   */
  public void whenAsked(Predicate<String> record, InjectedFault fault) {
    script.whenAsked(record, fault);
  }

  /** Injects a fault into every call to the model, until {@link #clear}. */
  public void whenCalled(String model, InjectedFault fault) {
    script.whenCalled(model, fault);
  }

  /** Removes the injected faults and the calls so far; limits and settings stay. */
  public void clear() {
    script.clear();
    log.clear();
  }

  /**
   * Starts over: {@link #clear}, buckets as they open, an empty prompt cache, the clock at zero.
   */
  public synchronized void reset() {
    clear();
    zero = nanos.getAsLong();
    completions.reset();
  }

  /** Applies other settings, except the port; what was used of the limits stays used. */
  public synchronized void change(SimulatorSettings changed) {
    log.change(changed);
    completions.change(changed, now());
    settings = changed;
  }

  /** The current settings. */
  public SimulatorSettings settings() {
    return settings;
  }

  /** Counters since the start or the last reset, and the levels of the buckets. */
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
              json.put("takenByCoTenants", quota.coTenantTokens(now));
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

  private synchronized void updateListening() {
    if (closed || settings.faults().isDown(Outage.Kind.REFUSED, now())) {
      server.close();
      return;
    }
    try {
      server.open();
    } catch (UncheckedIOException e) {
      // Another process took the port meanwhile. To a client, the outage continues.
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    timer.shutdownNow();
    provider.close();
    server.close();
    threads.shutdownNow();
    log.close();
  }
}
