package io.burnish.settings;

import io.burnish.settings.SettingsCheck.Options;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Finds variables and properties that begin as those of Burnish do, and that no part reads. */
final class UnknownNames {

  /** Variables of {@code build.sh}, which are not settings of the service. */
  private static final Set<String> OF_THE_CLIENT =
      Set.of("BURNISH_URL", "BURNISH_API_KEY", "BURNISH_STATE");

  /** Variables that Kubernetes and Docker set for a service with the name burnish. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("BURNISH(_[A-Z0-9]+)*_(SERVICE_HOST|SERVICE_PORT.*|PORT|PORT_\\d+_.*)");

  /** A variable in a value of application.properties: the property has another name. */
  private static final Pattern ALIAS = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");

  private final SmallRyeConfig config;
  private final String optionPrefix;
  private final Set<String> properties = new TreeSet<>();
  private final Set<String> variables = new TreeSet<>(OF_THE_CLIENT);

  /**
   * @param mapped the properties of the mappings
   */
  UnknownNames(SmallRyeConfig config, Options options, Iterable<String> mapped) {
    this.config = config;
    this.optionPrefix = options.prefix();
    mapped.forEach(properties::add);
    options.names().forEach(name -> properties.add(optionPrefix + name));
    properties.forEach(property -> variables.add(Setting.variable(property)));
    variables.addAll(aliases(config));
    variables.addAll(SecretFiles.VARIABLES);
  }

  private static Set<String> aliases(SmallRyeConfig config) {
    Set<String> aliases = new TreeSet<>();
    for (ConfigSource source : config.getConfigSources()) {
      if (source.getName().contains("application.properties")) {
        for (String value : source.getProperties().values()) {
          ALIAS.matcher(value).results().forEach(found -> aliases.add(found.group(1)));
        }
      }
    }
    return aliases;
  }

  /** The unknown names, sorted. */
  List<String> in(Set<String> environment) {
    Stream<String> unknownVariables =
        environment.stream()
            .filter(name -> name.startsWith("BURNISH_"))
            .filter(name -> !variables.contains(name) && !SERVICE_LINK.matcher(name).matches());
    Stream<String> unknownProperties =
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
            .filter(name -> name.startsWith("burnish.") && !name.startsWith(optionPrefix))
            .filter(name -> !properties.contains(name))
            .filter(name -> !environment.contains(Setting.variable(name)));
    return Stream.concat(unknownVariables, unknownProperties).sorted().distinct().toList();
  }
}
