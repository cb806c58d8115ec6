package io.burnish.settings;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Checks all settings before anything is started, so that all wrong ones are reported at once, each
 * by the name that the operator used.
 */
public final class SettingsCheck {

  private final SmallRyeConfig config;
  private final Options options;
  private final MappedSettings mapped;

  /** Settings that are read one by one, by a part that knows their allowed values. */
  public interface Options {

    /** The beginning of their names, as properties. */
    String prefix();

    /** Their names. */
    List<String> names();

    /** What is wrong with a value; empty: nothing. */
    Optional<String> error(String name, String value);
  }

  /**
   * @param config made by {@link #builder()}
   * @param options the settings that no mapping has
   */
  public SettingsCheck(SmallRyeConfig config, Options options) {
    this.config = config;
    this.options = options;
    this.mapped = new MappedSettings(config);
  }

  /**
   * The sources of the application, without the mappings of the framework: those fail at the first
   * wrong value, before any other is checked.
   */
  public static SmallRyeConfigBuilder builder() {
    return ConfigUtils.emptyConfigBuilder()
        .addDiscoveredSources()
        .withCustomizers(new EmptyIsUnset())
        .withValidator(MappedSettings.validator());
  }

  /** A sentence for each setting that is wrong; none when all are right. */
  public List<String> errors() {
    Map<String, String> sentences = new LinkedHashMap<>();
    FrameworkSetting.ALL.forEach(setting -> setting.check(config, sentences));
    mapped.check(sentences);
    optionNames().forEach(name -> checkOption(sentences, name));
    for (Relation relation : Relation.ALL) {
      relation
          .error(config, mapped::named)
          .ifPresent(sentence -> sentences.putIfAbsent(sentence, sentence));
    }
    return List.copyOf(sentences.values());
  }

  /** The options that exist, and others that a property names. */
  private Set<String> optionNames() {
    Set<String> names = new LinkedHashSet<>(options.names());
    for (String property : config.getPropertyNames()) {
      String source = String.valueOf(config.getConfigValue(property).getConfigSourceName());
      if (property.startsWith(options.prefix()) && !source.startsWith("EnvConfigSource")) {
        names.add(property.substring(options.prefix().length()));
      }
    }
    return names;
  }

  private void checkOption(Map<String, String> sentences, String name) {
    Setting setting = Setting.of(config, options.prefix() + name);
    String value = setting.value();
    if (value != null) {
      options
          .error(name, value)
          .ifPresent(error -> sentences.put(setting.name(), setting.isWrong(error)));
    }
  }

  /**
   * One sentence about a failure that names a setting, such as one of the framework's; empty when
   * it names none.
   *
   * @param message of the failure
   */
  public static Optional<String> sentence(SmallRyeConfig config, String message) {
    Matcher property = Setting.PROPERTY.matcher(message);
    if (!property.find()) {
      return Optional.empty();
    }
    Setting setting = Setting.of(config, property.group(1));
    return Optional.ofNullable(setting.value())
        .map(value -> setting.isWrong("the value can't be read or is not allowed"));
  }

  /**
   * Names that begin as those of Burnish do, and that no part reads; most often misspelt.
   *
   * @param environment names of all environment variables
   */
  public List<String> unknown(Set<String> environment) {
    return new UnknownNames(config, options, mapped.properties()).in(environment);
  }
}
