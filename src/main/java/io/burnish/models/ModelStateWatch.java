package io.burnish.models;

import io.burnish.loops.LoopWatch;
import io.burnish.loops.Periodic;
import io.burnish.models.ModelStates.Known;
import io.burnish.models.ModelStates.State;
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

/** Reads every few seconds what other replicas learned, or forgot, of the models. */
@ApplicationScoped
class ModelStateWatch {

  private static final Logger LOG = Logger.getLogger(ModelStateWatch.class);

  private final ModelStates states;
  private final ModelChain chain;
  private final Capabilities capabilities;
  private final ModelsConfig config;
  private final Map<String, Instant> forgotten = new ConcurrentHashMap<>();
  private final Periodic loop;
  private boolean looked;
  private boolean away;

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

  /** Reads once. Without the database the last look counts. */
  synchronized void refresh() {
    try {
      long before = capabilities.changes();
      Known known = states.all();
      known.states().forEach(this::apply);
      capabilities.update(known.refusals(), before);
      looked = true;
      away = false;
    } catch (RuntimeException e) {
      if (!away) {
        LOG.warnf(
            "What is known of the models could not be read; it is tried again every %s: %s",
            config.refresh(), e.getMessage());
      }
      away = true;
    }
  }

  /**
   * This replica itself forgot a model: when it is read, it is not forgotten again, for what was
   * learned since then counts.
   */
  void resetHere(String model, Instant at) {
    isNewer(model, at);
  }

  /** Whether no later time is known at which the model was forgotten; remembers this one then. */
  private boolean isNewer(String model, Instant at) {
    boolean[] newer = {false};
    forgotten.compute(
        model,
        (name, before) -> {
          newer[0] = before == null || at.isAfter(before);
          return newer[0] ? at : before;
        });
    return newer[0];
  }

  private void apply(State state) {
    state
        .forgottenAt()
        .ifPresent(
            at -> {
              if (isNewer(state.model(), at) && looked) {
                chain.reset(state.model());
              }
            });
    state.decommissioned().ifPresent(reason -> chain.markDecommissioned(state.model(), reason));
  }
}
