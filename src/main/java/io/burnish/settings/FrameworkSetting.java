package io.burnish.settings;

import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A setting of the framework that operators of Burnish set.
 *
 * @param property its name
 * @param allowed the end of the sentence "It must be"
 * @param isAllowed whether a value is allowed
 */
record FrameworkSetting(String property, String allowed, Predicate<String> isAllowed) {

  /** Texts for true or false; any other text would be read as false. */
  static final Predicate<String> BOOLEAN =
      Pattern.compile("(?i)true|false|yes|no|on|off|y|n|1|0").asMatchPredicate();

  static final List<FrameworkSetting> ALL =
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
          new FrameworkSetting("quarkus.log.console.json.enabled", AllowedText.BOOLEAN, BOOLEAN),
          new FrameworkSetting(
              "quarkus.datasource.jdbc.url",
              "a JDBC URL that begins with jdbc:postgresql:",
              url -> url.startsWith("jdbc:postgresql:")));

  /**
   * Adds a sentence if the value is not allowed.
   *
   * @param sentences by the name of the setting
   */
  void check(SmallRyeConfig config, Map<String, String> sentences) {
    Setting setting = Setting.of(config, property);
    if (setting.value() != null && !isAllowed.test(setting.value().strip())) {
      sentences.put(setting.name(), setting.mustBe(allowed));
    }
  }
}
