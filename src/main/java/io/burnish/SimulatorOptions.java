package io.burnish;

import io.burnish.settings.SettingsCheck;
import io.burnish.simulator.OfflineSimulator;
import io.burnish.simulator.SimulatorSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of the simulator, as they are checked at start. */
final class SimulatorOptions implements SettingsCheck.Options {

  @Override
  public String prefix() {
    return OfflineSimulator.PREFIX;
  }

  @Override
  public List<String> names() {
    return SimulatorSettings.names();
  }

  @Override
  public Optional<String> mistake(String name, String value) {
    try {
      SimulatorSettings.of(Map.of(name, value));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
