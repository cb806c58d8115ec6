package io.burnish.settings;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidator;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hibernate.validator.HibernateValidator;

/**
 * Checks all settings before anything is started, so that all wrong ones are named at once, each by
 * the name that the operator used.
 */
public final class SettingsCheck {

  /** Every mapping of the application; a test holds the list complete. */
  static final List<String> MAPPINGS =
      List.of(
          "io.burnish.database.DatabaseConfig",
          "io.burnish.intake.IntakeConfig",
          "io.burnish.api.ExportConfig",
          "io.burnish.job.JobsConfig",
          "io.burnish.provider.ProviderConfig",
          "io.burnish.models.ModelsConfig",
          "io.burnish.quota.QuotaConfig",
          "io.burnish.queue.QueueConfig",
          "io.burnish.worker.WorkerConfig",
          "io.burnish.dispatch.DispatchConfig",
          "io.burnish.attempt.AttemptConfig",
          "io.burnish.completion.CompletionConfig",
          "io.burnish.cluster.ClusterConfig",
          "io.burnish.retention.RetentionConfig",
          "io.burnish.tracking.TrackingConfig",
          "io.burnish.observability.HealthConfig");

  /** Any other word would be taken for false. */
  private static final Pattern BOOLEAN = Pattern.compile("(?i)true|false|yes|no|on|off|y|n|1|0");

  /** Settings of the framework that operators set, and what is wrong with them most often. */
  private static final List<FrameworkSetting> FRAMEWORK =
      List.of(
          new FrameworkSetting(
              "quarkus.http.port",
              "a port from 0 (any free one) to 65535",
              Pattern.compile(
                      "0*(\\d{1,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])")
                  .asMatchPredicate()),
          new FrameworkSetting(
              "quarkus.log.category.\"io.burnish\".level",
              "DEBUG, INFO, WARNING or ERROR",
              Pattern.compile("(?i)ALL|TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|OFF")
                  .asMatchPredicate()),
          new FrameworkSetting(
              "quarkus.log.console.json.enabled", AllowedText.BOOLEAN, BOOLEAN.asMatchPredicate()),
          new FrameworkSetting(
              "quarkus.datasource.jdbc.url",
              "a JDBC URL that begins with jdbc:postgresql:",
              url -> url.startsWith("jdbc:postgresql:")));

  private static final Pattern PROPERTY =
      Pattern.compile("\\b((?:burnish|quarkus)\\.[^\\s,:=\\[]+)");

  /** Variables of ours that are no settings of the service. */
  private static final Set<String> OF_THE_SCRIPT = Set.of("BURNISH_URL", "BURNISH_STATE");

  /** What Kubernetes and Docker links set where a service is named burnish. */
  private static final Pattern LINK =
      Pattern.compile("BURNISH(_[A-Z0-9]+)*_(SERVICE_HOST|SERVICE_PORT.*|PORT|PORT_\\d+_.*)");

  /** Variables that properties of ours are set by under another name than their own. */
  private static final Set<String> ALIASES =
      Set.of(
          "BURNISH_PROVIDER",
          "BURNISH_MODELS",
          "BURNISH_PLAN",
          "BURNISH_LIMITS",
          "BURNISH_PACING",
          "BURNISH_CONCURRENCY",
          "BURNISH_PACK");

  private final SmallRyeConfig config;
  private final Options options;
  private final AllowedText allowed;
  private final List<Class<?>> mappings = new ArrayList<>();

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

  private record FrameworkSetting(String property, String allowed, Predicate<String> isRight) {}

  /** Settings that are read one by one, by a part that knows what they may be. */
  public interface Options {

    /** What their names begin with, as properties. */
    String prefix();

    /** Their names. */
    List<String> names();

    /** What is wrong with a value; empty: nothing. */
    Optional<String> mistake(String name, String value);
  }

  /**
   * @param config made by {@link #builder()}
   * @param options the settings that no mapping has
   */
  public SettingsCheck(SmallRyeConfig config, Options options) {
    this.config = config;
    this.options = options;
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

  /**
   * The sources of the application, without the mappings of the framework: those refuse the first
   * wrong value, before any other is looked at.
   */
  public static SmallRyeConfigBuilder builder() {
    return ConfigUtils.emptyConfigBuilder()
        .addDiscoveredSources()
        .withCustomizers(new EmptyIsUnset())
        .withValidator(validator());
  }

  /** Finds what the annotations of the mappings forbid. */
  private static ConfigValidator validator() {
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

  /** A sentence for each setting that is wrong; none when all are right. */
  public List<String> mistakes() {
    Map<String, String> sentences = new LinkedHashMap<>();
    for (FrameworkSetting setting : FRAMEWORK) {
      Setting set = Setting.of(config, setting.property());
      if (set.value() != null && !setting.isRight().test(set.value().strip())) {
        sentences.put(set.name(), set.mustBe(setting.allowed()));
      }
    }
    for (Set<Class<?>> mapping : byPrefix()) {
      List<String> unreadable = problems(config, mapping);
      unreadable.forEach(message -> put(sentences, message));
      if (!unreadable.isEmpty()) {
        // Limits are looked at only where every value can be read.
        problems(withDefaults(unreadable), mapping).forEach(message -> put(sentences, message));
      }
    }
    for (String property : allowed.booleans()) {
      Setting set = Setting.of(config, property);
      if (set.value() != null && !BOOLEAN.matcher(set.value().strip()).matches()) {
        sentences.put(set.name(), set.mustBe(AllowedText.BOOLEAN));
      }
    }
    optionNames().forEach(name -> checkOption(sentences, name));
    for (Relation relation : Relation.ALL) {
      relation
          .mistake(config, this::named)
          .ifPresent(sentence -> sentences.putIfAbsent(sentence, sentence));
    }
    return List.copyOf(sentences.values());
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

  /** A setting that has its default is named by its variable, as in the README. */
  private Setting named(String property) {
    Setting set = Setting.of(config, property);
    boolean isDefault = set.name().equals(property) && usual(property).equals(rawOf(property));
    return isDefault ? new Setting(Setting.variable(property), set.value()) : set;
  }

  private Optional<String> rawOf(String property) {
    return Optional.ofNullable(config.getConfigValue(property).getRawValue());
  }

  /** The options that there are, and others that a property names. */
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
    Setting set = Setting.of(config, options.prefix() + name);
    String value = set.value();
    if (value != null) {
      options
          .mistake(name, value)
          .ifPresent(mistake -> sentences.put(set.name(), set.isWrong(mistake)));
    }
  }

  private SmallRyeConfig withDefaults(List<String> problems) {
    Map<String, String> defaults = new HashMap<>();
    for (String problem : problems) {
      Matcher property = PROPERTY.matcher(problem);
      if (property.find()) {
        usual(property.group(1)).ifPresent(value -> defaults.put(property.group(1), value));
      }
    }
    return builder()
        .withSources(StreamSupport.stream(config.getConfigSources().spliterator(), false).toList())
        .withSources(new PropertiesConfigSource(defaults, "defaults", Integer.MAX_VALUE))
        .build();
  }

  /** The default value of a property. */
  private Optional<String> usual(String property) {
    Optional<String> lowest =
        StreamSupport.stream(config.getConfigSources().spliterator(), false)
            .map(source -> source.getValue(property))
            .filter(Objects::nonNull)
            .reduce((higher, lower) -> lower);
    return lowest.map(raw -> raw.replaceFirst("^\\$\\{[^:]*:(.*)}$", "$1"));
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
    Matcher property = PROPERTY.matcher(message);
    if (!property.find()) {
      sentences.put(message, message);
      return;
    }
    String name = property.group(1);
    Optional<String> words = allowed.of(name);
    Setting set = Setting.of(config, name);
    sentences.putIfAbsent(
        set.name(),
        words.map(set::mustBe).orElseGet(() -> "There is no setting %s".formatted(set.name())));
  }

  /**
   * One sentence about a failure that names a setting, such as one of the framework's; empty when
   * it names none.
   *
   * @param message of the failure
   */
  public static Optional<String> sentence(SmallRyeConfig config, String message) {
    Matcher property = PROPERTY.matcher(message);
    if (!property.find()) {
      return Optional.empty();
    }
    Setting set = Setting.of(config, property.group(1));
    return Optional.ofNullable(set.value())
        .map(value -> set.isWrong("the value can't be read or is not allowed"));
  }

  /** Names that begin as ours do and that nothing reads: most often they are misspelt. */
  public List<String> unknown(Set<String> environment) {
    Set<String> known = new TreeSet<>(OF_THE_SCRIPT);
    Set<String> properties = new TreeSet<>();
    allowed.properties().forEach(properties::add);
    options.names().forEach(name -> properties.add(options.prefix() + name));
    for (String property : properties) {
      known.add(Setting.variable(property));
    }
    known.addAll(ALIASES);
    Stream<String> variables =
        environment.stream()
            .filter(name -> name.startsWith("BURNISH_"))
            .filter(name -> !known.contains(name) && !LINK.matcher(name).matches());
    Stream<String> others =
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
            .filter(name -> name.startsWith("burnish.") && !name.startsWith(options.prefix()))
            .filter(name -> !properties.contains(name))
            .filter(name -> !environment.contains(Setting.variable(name)));
    return Stream.concat(variables, others).sorted().distinct().toList();
  }
}
