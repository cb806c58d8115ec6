package io.burnish.models;

import io.burnish.loops.LoopWatch;
import io.burnish.loops.Periodic;
import io.burnish.models.health.Capabilities;
import io.burnish.models.health.ModelStates;
import io.burnish.models.health.ModelStates.Known;
import io.burnish.models.health.ModelStates.State;
import io.burnish.models.health.ModelsConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Reads every few seconds what other replicas learned of the models, or reset. */
@ApplicationScoped
class ModelStateWatch {

  private static final Logger LOG = Logger.getLogger(ModelStateWatch.class);

  private final ModelStates states;
  private final ModelChain chain;
  private final Capabilities capabilities;
  private final ModelsConfig config;
  private final Map<String, Instant> resets = new ConcurrentHashMap<>();
  private final Periodic loop;
  private boolean hasRead;
  private boolean unavailable;

  ModelStateWatch(
      ModelStates states,
      ModelChain chain,
      Capabilities capabilities,
      ModelsConfig config,
      LoopWatch watch) {
    this.states = states;
    this.chain = chain;
    this.capabilities = capabilities;
    this.config = config;
    this.loop = new Periodic("model-states", config.refresh(), this::refresh, watch);
  }

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
    refresh();
    loop.start();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
  }

  /** Reads once. While the database is unavailable, the last read counts. */
  synchronized void refresh() {
    try {
      capabilities.save();
      long before = capabilities.changes();
      Known known = states.all();
      known.states().forEach(this::apply);
      capabilities.update(known.refusals(), before);
      hasRead = true;
      unavailable = false;
    } catch (RuntimeException e) {
      if (!unavailable) {
        LOG.warnf(
            "Could not read the state of the models; retry every %s: %s",
            config.refresh(), e.getMessage());
      }
      unavailable = true;
    }
  }

  /**
   * Remembers a reset by this replica, so that it is not applied again when it is read: what was
   * learned since then counts.
   */
  void resetHere(String model, Instant at) {
    isNewer(model, at);
  }

  /** Whether this reset of the model is the latest known; if so, it is remembered. */
  private boolean isNewer(String model, Instant at) {
    boolean[] newer = {false};
    resets.compute(
        model,
        (name, before) -> {
          newer[0] = before == null || at.isAfter(before);
          return newer[0] ? at : before;
        });
    return newer[0];
  }

  private void apply(State state) {
    state
        .resetAt()
        .ifPresent(
            at -> {
              if (isNewer(state.model(), at) && hasRead) {
                chain.reset(state.model());
              }
            });
    state.decommissioned().ifPresent(reason -> chain.markDecommissioned(state.model(), reason));
  }
}
