package io.burnish.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidator;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.hibernate.validator.HibernateValidator;

/** The settings of all {@link ConfigMapping}s, checked by their types and annotations. */
final class MappedSettings {

  /** Every mapping of the application; a test holds the list complete. */
  static final List<String> MAPPINGS =
      List.of(
          "io.burnish.database.DatabaseConfig",
          "io.burnish.intake.body.IntakeConfig",
          "io.burnish.access.caller.AccessConfig",
          "io.burnish.api.download.ExportConfig",
          "io.burnish.job.stored.JobsConfig",
          "io.burnish.callback.CallbackConfig",
          "io.burnish.directory.DirectoryConfig",
          "io.burnish.provider.wire.ProviderConfig",
          "io.burnish.models.health.ModelsConfig",
          "io.burnish.quota.limit.QuotaConfig",
          "io.burnish.prices.PricesConfig",
          "io.burnish.queue.QueueConfig",
          "io.burnish.worker.WorkerConfig",
          "io.burnish.dispatch.plan.DispatchConfig",
          "io.burnish.attempt.AttemptConfig",
          "io.burnish.completion.CompletionConfig",
          "io.burnish.cluster.ClusterConfig",
          "io.burnish.retention.RetentionConfig",
          "io.burnish.tracking.TrackingConfig",
          "io.burnish.observability.health.HealthConfig");

  private final SmallRyeConfig config;
  private final List<Class<?>> mappings = new ArrayList<>();
  private final AllowedText allowed;

  /** Messages are made by {@link AllowedText}. */
  private static final class Uninterpreted implements MessageInterpolator {

    @Override
    public String interpolate(String template, Context context) {
      return template;
    }

    @Override
    public String interpolate(String template, Context context, Locale locale) {
      return template;
    }
  }

  /**
   * @param config made by {@link SettingsCheck#builder()}
   */
  MappedSettings(SmallRyeConfig config) {
    this.config = config;
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (String name : MAPPINGS) {
      try {
        mappings.add(Class.forName(name, false, loader));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
    this.allowed = new AllowedText(mappings);
  }

  /** Applies the annotations of the mappings. */
  static ConfigValidator validator() {
    Validator validator =
        Validation.byProvider(HibernateValidator.class)
            .configure()
            .ignoreXmlConfiguration()
            .messageInterpolator(new Uninterpreted())
            .buildValidatorFactory()
            .getValidator();
    return new BeanValidationConfigValidator() {
      @Override
      public Validator getValidator() {
        return validator;
      }
    };
  }

  /** The names of all properties that a mapping has. */
  Iterable<String> properties() {
    return allowed.properties();
  }

  /**
   * Adds a sentence for each setting that is wrong.
   *
   * @param sentences by the name of the setting
   */
  void check(Map<String, String> sentences) {
    for (Set<Class<?>> mapping : byPrefix()) {
      List<String> unreadable = problems(config, mapping);
      unreadable.forEach(message -> put(sentences, message));
      if (!unreadable.isEmpty()) {
        // SmallRye checks the limits only when it can read every value.
        problems(withDefaults(unreadable), mapping).forEach(message -> put(sentences, message));
      }
    }
    for (String property : allowed.booleans()) {
      new FrameworkSetting(property, AllowedText.BOOLEAN, FrameworkSetting.BOOLEAN)
          .check(config, sentences);
    }
  }

  /** The setting of a property; one with its default is named by its variable, as in the README. */
  Setting named(String property) {
    Setting setting = Setting.of(config, property);
    boolean isDefault =
        setting.name().equals(property) && defaultOf(property).equals(rawOf(property));
    return isDefault ? new Setting(Setting.variable(property), setting.value()) : setting;
  }

  private Optional<String> rawOf(String property) {
    return Optional.ofNullable(config.getConfigValue(property).getRawValue());
  }

  /** Mappings that share a prefix are checked together: each knows only some of its settings. */
  private Collection<Set<Class<?>>> byPrefix() {
    return mappings.stream()
        .collect(
            Collectors.groupingBy(
                mapping -> mapping.getAnnotation(ConfigMapping.class).prefix(),
                LinkedHashMap::new,
                Collectors.<Class<?>>toSet()))
        .values();
  }

  private static List<String> problems(SmallRyeConfig config, Set<Class<?>> mappings) {
    try {
      ConfigMappings.registerConfigMappings(
          config, mappings.stream().map(ConfigClass::configClass).collect(Collectors.toSet()));
      return List.of();
    } catch (ConfigValidationException e) {
      return IntStream.range(0, e.getProblemCount())
          .mapToObj(i -> e.getProblem(i).getMessage())
          .toList();
    }
  }

  private void put(Map<String, String> sentences, String message) {
    Matcher property = Setting.PROPERTY.matcher(message);
    if (!property.find()) {
      sentences.put(message, message);
      return;
    }
    Optional<String> words = allowed.of(property.group(1));
    Setting setting = Setting.of(config, property.group(1));
    sentences.putIfAbsent(
        setting.name(),
        words
            .map(setting::mustBe)
            .orElseGet(() -> "There is no setting %s".formatted(setting.name())));
  }

  /** The same configuration with the default for each property that a problem names. */
  private SmallRyeConfig withDefaults(List<String> problems) {
    Map<String, String> defaults = new HashMap<>();
    for (String problem : problems) {
      Matcher property = Setting.PROPERTY.matcher(problem);
      if (property.find()) {
        defaultOf(property.group(1)).ifPresent(value -> defaults.put(property.group(1), value));
      }
    }
    return SettingsCheck.builder()
        .withSources(StreamSupport.stream(config.getConfigSources().spliterator(), false).toList())
        .withSources(new PropertiesConfigSource(defaults, "defaults", Integer.MAX_VALUE))
        .build();
  }

  /** The value of a property in the source with the lowest priority. */
  private Optional<String> defaultOf(String property) {
    Optional<String> lowest =
        StreamSupport.stream(config.getConfigSources().spliterator(), false)
            .map(source -> source.getValue(property))
            .filter(Objects::nonNull)
            .reduce((higher, lower) -> lower);
    return lowest.map(raw -> raw.replaceFirst("^\\$\\{[^:]*:(.*)}$", "$1"));
  }
}
