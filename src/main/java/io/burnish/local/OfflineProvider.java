package io.burnish.local;

import io.burnish.simulator.Simulator;
import io.burnish.simulator.SimulatorSettings;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** The simulator in this process. The application calls it by its address, as any provider. */
final class OfflineProvider implements AutoCloseable {

  private static final String ADDRESS = "burnish.provider.base-url";
  private static final String KEY = "burnish.provider.api-key";

  /** Set once it runs: dev mode calls {@code main} again for each live reload. */
  private static final String STARTED = "io.burnish.local.offline-provider";

  private final Simulator simulator;

  private OfflineProvider(Simulator simulator) {
    this.simulator = simulator;
  }

  /** Whether {@code BURNISH_PROVIDER} asks for it, and it does not run yet. */
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
   * @throws LocalStartException when it can't listen, or can't write its log
   */
  static OfflineProvider start(Config config) {
    try {
      return new OfflineProvider(Simulator.start(SimulatorSettings.of(options(config))));
    } catch (UncheckedIOException e) {
      throw new LocalStartException(
          "The offline provider could not be started: %s (%s). Look at BURNISH_SIMULATOR_PORT and BURNISH_SIMULATOR_LOG."
              .formatted(e.getMessage(), String.valueOf(e.getCause())),
          e);
    }
  }

  /**
   * The options that are set. Each is read by its name, so that an environment variable sets those
   * of two words too: {@code BURNISH_SIMULATOR_CO_TENANT}.
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

  /** Address and key of the provider, as settings of the application. */
  Map<String, String> configuration() {
    return Map.of(ADDRESS, simulator.uri().toString(), KEY, "offline", STARTED, "true");
  }

  @Override
  public void close() {
    simulator.close();
  }
}
