package io.burnish.deploy;

import io.burnish.settings.SecretFiles;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The environment variables that a packaged Burnish reads, found in what reads them. */
final class Variables {

  private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");
  private static final Path MAIN = Path.of("src/main/java/io/burnish/Burnish.java");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");
  private static final Pattern GETENV = Pattern.compile("getenv\\(\"([A-Z0-9_]+)\"\\)");
  private static final Pattern NAME = Pattern.compile("\\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b");

  private Variables() {}

  /** All of them. */
  static Set<String> read() {
    Set<String> names = new HashSet<>(all(PLACEHOLDER, text(PROPERTIES)));
    names.addAll(all(GETENV, text(MAIN)));
    names.addAll(SecretFiles.VARIABLES);
    properties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("burnish."))
        .map(Variables::variableOf)
        .forEach(names::add);
    names.addAll(ofQuarkus());
    return names;
  }

  /** Those, and the ones that are read by what Burnish runs on: Java and the C library. */
  static Set<String> readHereOrBelow() {
    Set<String> names = read();
    names.addAll(Set.of("JAVA_TOOL_OPTIONS", "MALLOC_ARENA_MAX"));
    return names;
  }

  /** What looks like a variable in a text that people read. */
  static Set<String> namedIn(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  /** The settings as they are in the sources. */
  static Properties properties() {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text(PROPERTIES)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toSet());
  }

  /**
   * Each extension lists the types of its settings in a file (Source: quarkus-core 3.33, {@code
   * META-INF/quarkus-config-roots.list}). What is fixed when the application is built is left out:
   * a variable can't change it.
   */
  private static Set<String> ofQuarkus() {
    Set<String> names = new HashSet<>();
    try {
      ClassLoader loader = Variables.class.getClassLoader();
      for (URL list : Collections.list(loader.getResources("META-INF/quarkus-config-roots.list"))) {
        for (String type : lines(list)) {
          names.addAll(ofType(Class.forName(type, false, loader)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    return names;
  }

  private static Set<String> lines(URL list) throws IOException {
    try (InputStream in = list.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .collect(Collectors.toSet());
    }
  }

  private static Set<String> ofType(Class<?> type) {
    ConfigRoot root = type.getAnnotation(ConfigRoot.class);
    if (root == null || root.phase() != ConfigPhase.RUN_TIME) {
      return Set.of();
    }
    return ConfigMappings.getProperties(ConfigClass.configClass(type)).keySet().stream()
        .filter(name -> !name.contains("*"))
        .map(Variables::variableOf)
        .collect(Collectors.toSet());
  }

  /** Source: MicroProfile Config 3.1, environment variables mapping rules. */
  private static String variableOf(String property) {
    return StringUtil.replaceNonAlphanumericByUnderscores(property).toUpperCase(Locale.ROOT);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
