package io.burnish.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of options; a value that can't be read is refused with the option's name. */
final class OptionText {

  private static final Map<String, Long> UNITS =
      Map.of("kB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,5})(kB|MB|GB)");

  private final Map<Option, String> texts;

  OptionText(Map<Option, String> texts) {
    this.texts = new EnumMap<>(Option.class);
    this.texts.putAll(texts);
  }

  /**
   * The value of an option.
   *
   * @throws IllegalArgumentException when it can't be read
   */
  <T> T get(Option option, Function<String, T> reading) {
    String text = texts.getOrDefault(option, option.usual()).strip();
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "simulator option %s: %s (%s)".formatted(option.written(), e.getMessage(), option.help()),
          e);
    }
  }

  /** The values of an option that takes several. */
  <T> List<T> list(Option option, String separator, Function<String, T> reading) {
    return get(option, text -> parts(text, separator).stream().map(reading).toList());
  }

  /** The values of an option that takes one for each name. */
  <T> Map<String, T> byName(Option option, Function<String, T> reading) {
    return get(
        option,
        text -> {
          Map<String, T> values = new LinkedHashMap<>();
          for (String part : parts(text, ";")) {
            int equals = part.lastIndexOf('=');
            if (equals <= 0) {
              throw new IllegalArgumentException("'%s' has no '='".formatted(part));
            }
            values.put(
                part.substring(0, equals).strip(), reading.apply(part.substring(equals + 1)));
          }
          return values;
        });
  }

  boolean isSet(Option option) {
    return get(
        option,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("neither true nor false");
            });
  }

  int number(Option option) {
    return get(
        option,
        text -> {
          int number = Integer.parseInt(text);
          if (number < 0) {
            throw new IllegalArgumentException("below 0");
          }
          return number;
        });
  }

  /** A percentage, as a share from 0 to 1. */
  double percent(Option option) {
    return get(
        option,
        text -> {
          if (!text.matches("(?:100|\\d{1,2}(?:\\.\\d+)?)%")) {
            throw new IllegalArgumentException("no percentage, such as 30%");
          }
          return Double.parseDouble(text.substring(0, text.length() - 1)) / 100;
        });
  }

  /** An amount of bytes, each unit a thousand times the one before. */
  long bytes(Option option) {
    return get(
        option,
        text -> {
          Matcher size = SIZE.matcher(text);
          if (!size.matches()) {
            throw new IllegalArgumentException("no size, such as 200MB");
          }
          return Long.parseLong(size.group(1)) * UNITS.get(size.group(2));
        });
  }

  /** The constant of this name, in capitals or not. */
  <E extends Enum<E>> E constant(Option option, Class<E> type) {
    return get(option, text -> constant(type, text));
  }

  /**
   * The constant of this name, in capitals or not, with {@code -} or {@code _}.
   *
   * @throws IllegalArgumentException when there is none; its message names all
   */
  static <E extends Enum<E>> E constant(Class<E> type, String name) {
    String constant = name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> one.name().equals(constant))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is none of %s"
                        .formatted(name, Arrays.toString(type.getEnumConstants()))));
  }

  private static List<String> parts(String text, String separator) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(separator)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }
}
