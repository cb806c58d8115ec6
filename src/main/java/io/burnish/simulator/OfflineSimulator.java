package io.burnish.simulator;

import io.burnish.provider.OfflineProvider;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The look-alike as part of the application; listens only once it was asked for. */
@ApplicationScoped
public class OfflineSimulator implements OfflineProvider {

  private final Config config;
  private @Nullable Simulator simulator;

  OfflineSimulator(Config config) {
    this.config = config;
  }

  /** How the look-alike behaves. */
  @ConfigMapping(prefix = "burnish.simulator")
  interface Config {

    /** The options of docs/simulator.md by their names, such as {@code plan}; unset: as usual. */
    @WithParentName
    Map<String, String> options();
  }

  @Override
  public URI start() {
    return simulator().uri();
  }

  /** The running look-alike. */
  public synchronized Simulator simulator() {
    if (simulator == null) {
      simulator = Simulator.start(SimulatorSettings.of(config.options()));
    }
    return simulator;
  }

  @PreDestroy
  synchronized void stop() {
    if (simulator != null) {
      simulator.close();
    }
  }
}
