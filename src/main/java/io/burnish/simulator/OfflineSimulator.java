package io.burnish.simulator;

import io.burnish.provider.OfflineProvider;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The look-alike as part of the application; listens only once it was asked for. */
@ApplicationScoped
public class OfflineSimulator implements OfflineProvider {

  /** What the names of the options begin with, as properties. */
  public static final String PREFIX = "burnish.simulator.";

  private final Config config;
  private @Nullable Simulator simulator;

  OfflineSimulator(Config config) {
    this.config = config;
  }

  /**
   * The options that are set. They are looked up one by one, so that an environment variable sets
   * those of two words too: {@code BURNISH_SIMULATOR_CO_TENANT}.
   */
  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    for (String name : SimulatorSettings.names()) {
      config
          .getOptionalValue(PREFIX + name, String.class)
          .ifPresent(value -> options.put(name, value));
    }
    return options;
  }

  @Override
  public URI start() {
    return simulator().uri();
  }

  /** The running look-alike. */
  public synchronized Simulator simulator() {
    if (simulator == null) {
      simulator = Simulator.start(SimulatorSettings.of(options()));
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
