package io.burnish.settings;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A setting under the name by which the operator set it: the environment variable, or the property.
 *
 * @param name such as {@code BURNISH_CONCURRENCY}
 * @param value null: not set
 */
record Setting(String name, @Nullable String value) {

  /** A property of Burnish or of the framework in a message. */
  static final Pattern PROPERTY = Pattern.compile("\\b((?:burnish|quarkus)\\.[^\\s,:=\\[]+)");

  private static final int LONGEST = 100;
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^:{}]+)(?::.*)?}");
  private static final Pattern SECRET = Pattern.compile("(?i).*(key|password|secret|token)$");
  private static final Pattern LOGIN = Pattern.compile("//[^/@]*@");
  private static final Pattern QUERY = Pattern.compile("(?s)\\?.*");

  /** The setting that gives a property its value. */
  static Setting of(SmallRyeConfig config, String property) {
    ConfigValue value = config.getConfigValue(property);
    if (value.getRawValue() != null) {
      Matcher variable = VARIABLE.matcher(value.getRawValue());
      if (variable.matches() && config.getConfigValue(variable.group(1)).getValue() != null) {
        return of(config, variable.group(1));
      }
    }
    String source = String.valueOf(value.getConfigSourceName());
    return new Setting(
        source.startsWith("EnvConfigSource") ? variable(property) : property, value.getValue());
  }

  /** The environment variable of a property. */
  static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** The sentence about a value that is not allowed, or about a value that is missing. */
  String mustBe(String allowed) {
    return value == null
        ? "%s is not set. It must be %s".formatted(name, allowed)
        : "%s is %s. It must be %s".formatted(name, shown(value), allowed);
  }

  /** The setting with its value, for a sentence about another one. */
  String named() {
    return "%s, which is %s".formatted(name, shown(String.valueOf(value)));
  }

  /** The sentence about a value when the reason is known. */
  String isWrong(String error) {
    return "%s is %s: %s".formatted(name, shown(String.valueOf(value)), error);
  }

  private String shown(String text) {
    if (SECRET.matcher(name).matches()) {
      return "wrong (the value is not shown)";
    }
    String open = QUERY.matcher(LOGIN.matcher(text).replaceAll("//...@")).replaceAll("?...");
    String cut =
        open.codePointCount(0, open.length()) > LONGEST
            ? open.substring(0, open.offsetByCodePoints(0, LONGEST)) + "..."
            : open;
    return "\"%s\"".formatted(cut.replaceAll("\\p{Cntrl}", "\uFFFD"));
  }
}
