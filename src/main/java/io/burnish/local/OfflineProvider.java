package io.burnish.local;

import io.burnish.simulator.Simulator;
import io.burnish.simulator.settings.SimulatorSettings;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** The simulator in this process. The application calls it by its address, like any provider. */
final class OfflineProvider implements AutoCloseable {

  private static final String ADDRESS = "burnish.provider.base-url";
  private static final String KEY = "burnish.provider.api-key";

  /** Set while it runs, because dev mode calls {@code main} again at each live reload. */
  private static final String STARTED = "io.burnish.local.offline-provider";

  private final Simulator simulator;

  private OfflineProvider(Simulator simulator) {
    this.simulator = simulator;
  }

  /** Whether {@code BURNISH_PROVIDER=simulated}, and the simulator is not running yet. */
  static boolean isWanted(Config config) {
    boolean simulated =
        config
            .getOptionalValue("burnish.provider.kind", String.class)
            .filter(kind -> kind.strip().equalsIgnoreCase("simulated"))
            .isPresent();
    return simulated && config.getOptionalValue(STARTED, String.class).isEmpty();
  }

  /**
   * Starts a simulator on the loopback address with the options {@code burnish.simulator.*}.
   *
   * @throws LocalStartException if its port or its log can't be opened
   */
  static OfflineProvider start(Config config) {
    try {
      return new OfflineProvider(Simulator.start(SimulatorSettings.of(options(config))));
    } catch (UncheckedIOException e) {
      throw new LocalStartException(
          "Cannot start the offline provider: %s (%s). Check BURNISH_SIMULATOR_PORT and BURNISH_SIMULATOR_LOG."
              .formatted(e.getMessage(), String.valueOf(e.getCause())),
          e);
    }
  }

  /**
   * The options that are set. Each is looked up by its name, so that environment variables also set
   * options of two words: {@code BURNISH_SIMULATOR_CO_TENANT}.
   */
  private static Map<String, String> options(Config config) {
    Map<String, String> options = new HashMap<>();
    for (String name : SimulatorSettings.names()) {
      config
          .getOptionalValue(OfflineProviderOptions.PREFIX + name, String.class)
          .ifPresent(value -> options.put(name, value));
    }
    return options;
  }

  /** The address and key of the provider, as settings of the application. */
  Map<String, String> configuration() {
    return Map.of(ADDRESS, simulator.uri().toString(), KEY, "offline", STARTED, "true");
  }

  @Override
  public void close() {
    simulator.close();
  }
}
