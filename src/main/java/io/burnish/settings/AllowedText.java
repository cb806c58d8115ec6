package io.burnish.settings;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The allowed values of each property of the mappings, in words. */
final class AllowedText {

  static final String BOOLEAN = "true or false";

  private final Map<String, String> byProperty = new HashMap<>();

  AllowedText(Iterable<Class<?>> mappings) {
    mappings.forEach(type -> add(type.getAnnotation(ConfigMapping.class).prefix(), type));
  }

  private void add(String prefix, Class<?> type) {
    for (Method method : type.getMethods()) {
      String property = prefix + "." + kebab(method.getName());
      if (method.isAnnotationPresent(WithParentName.class)) {
        continue;
      }
      if (method.getReturnType().isInterface()
          && method.getReturnType().getEnclosingClass() == type) {
        add(property, method.getReturnType());
      } else if (!method.isDefault()) {
        byProperty.put(property, words(method));
      }
    }
  }

  /** The names of all properties. */
  Iterable<String> properties() {
    return byProperty.keySet();
  }

  /** The names of the properties that are true or false. */
  List<String> booleans() {
    return byProperty.entrySet().stream()
        .filter(entry -> entry.getValue().equals(BOOLEAN))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The allowed values of a property; empty when no mapping has it. */
  Optional<String> of(String property) {
    return Optional.ofNullable(byProperty.get(property));
  }

  private static String kebab(String method) {
    return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String words(Method method) {
    Allowed said = method.getAnnotation(Allowed.class);
    return said == null ? words(method, plain(method.getGenericReturnType())) : said.value();
  }

  private static Type plain(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
        ? generic.getActualTypeArguments()[0]
        : type;
  }

  private static String words(Method method, Type type) {
    if (type == boolean.class) {
      return BOOLEAN;
    }
    if (type == Duration.class) {
      return "a duration such as 500ms, 30s, 5m or 2h" + limits(method);
    }
    if (type == MemorySize.class) {
      AtLeast least = method.getAnnotation(AtLeast.class);
      return "a size such as 256K, 4M or 4G"
          + (least == null ? "" : ", at least %d bytes".formatted(least.value()));
    }
    if (type instanceof Class<?> words && words.isEnum()) {
      return Arrays.stream(words.getEnumConstants())
          .map(word -> word.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == int.class || type == long.class) {
      return "a whole number" + range(method);
    }
    return "a text that is not blank";
  }

  private static String range(Method method) {
    Min least = method.getAnnotation(Min.class);
    Max most = method.getAnnotation(Max.class);
    if (least == null) {
      return most == null ? "" : " of at most %,d".formatted(most.value());
    }
    return most == null
        ? " of at least %,d".formatted(least.value())
        : String.format(Locale.ROOT, " from %,d to %,d", least.value(), most.value());
  }

  private static String limits(Method method) {
    DurationMin least = method.getAnnotation(DurationMin.class);
    DurationMax most = method.getAnnotation(DurationMax.class);
    StringBuilder words = new StringBuilder();
    if (least != null) {
      Duration shortest =
          Duration.ofHours(least.hours())
              .plusMinutes(least.minutes())
              .plusSeconds(least.seconds())
              .plusMillis(least.millis());
      words.append(shortest.isZero() ? ", not below 0" : ", at least " + written(shortest));
    }
    if (most != null) {
      words
          .append(", at most ")
          .append(
              written(
                  Duration.ofDays(most.days())
                      .plusHours(most.hours())
                      .plusMinutes(most.minutes())
                      .plusSeconds(most.seconds())));
    }
    return words.toString();
  }

  private static String written(Duration time) {
    return time.toMillis() < 1000
        ? time.toMillis() + "ms"
        : time.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
