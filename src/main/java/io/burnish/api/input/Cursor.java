package io.burnish.api.input;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where the next page of a list begins. Clients get it as an opaque text, which names its list, so
 * that a cursor of another list is refused.
 */
public final class Cursor {

  private static final char SEPARATOR = ' ';

  private Cursor() {}

  /**
   * The text for clients.
   *
   * @param list name of the list, without a blank
   * @param place of the last element of the page
   */
  public static String of(String list, Object place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((list + SEPARATOR + place).getBytes(StandardCharsets.UTF_8));
  }

  /** The place that a cursor of this list has; empty when it is a cursor of no or another list. */
  static Optional<String> place(String list, String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      return text.startsWith(list + SEPARATOR)
          ? Optional.of(text.substring(list.length() + 1))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
