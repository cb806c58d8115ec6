package io.burnish.local;

import io.burnish.settings.SettingsCheck;
import io.burnish.simulator.settings.SimulatorSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of the offline provider, for the check of all settings at start. */
final class OfflineProviderOptions implements SettingsCheck.Options {

  /** The prefix of the options as properties. */
  static final String PREFIX = "burnish.simulator.";

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public List<String> names() {
    return SimulatorSettings.names();
  }

  @Override
  public Optional<String> error(String name, String value) {
    try {
      SimulatorSettings.of(Map.of(name, value));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
