package io.burnish.settings;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import io.smallrye.config.SysPropConfigSource;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * An environment variable that is empty or blank counts as unset, so that the default applies:
 * compose files and Kubernetes templates write {@code LOG_LEVEL=} for a variable that is not set.
 */
public final class EmptyIsUnset implements SmallRyeConfigBuilderCustomizer {

  @Override
  public void configBuilder(SmallRyeConfigBuilder builder) {
    builder
        .setAddDefaultSources(false)
        .setAddSystemSources(false)
        .setAddPropertiesSources(true)
        .withSources(
            environment(System.getenv(), EnvConfigSource.ORDINAL), new SysPropConfigSource());
  }

  /** The variables that have a value, as a source of settings. */
  static ConfigSource environment(Map<String, String> variables, int ordinal) {
    Map<String, String> set = new HashMap<>(variables);
    set.values().removeIf(String::isBlank);
    return new EnvConfigSource(set, ordinal);
  }
}
