package io.burnish.simulator.options;

import java.util.Arrays;
import java.util.Locale;

/** Reads an option that takes one of the constants of an enum. Stateless. */
public final class Choice {

  private Choice() {}

  /**
   * The constant of this name, in any case, with {@code -} or {@code _}.
   *
   * @throws IllegalArgumentException when there is none; its message names all
   */
  public static <E extends Enum<E>> E of(Class<E> type, String name) {
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
}
