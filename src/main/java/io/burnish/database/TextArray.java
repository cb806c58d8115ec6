package io.burnish.database;

import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A list of texts as PostgreSQL's array literal. A column of lists can't be sent as one array,
 * because its lists differ in length.
 */
public final class TextArray {

  private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  private TextArray() {}

  /** The literal; null for no texts. */
  static @Nullable String of(@Nullable List<String> texts) {
    return texts == null || texts.isEmpty()
        ? null
        : texts.stream().map(TextArray::quoted).collect(Collectors.joining(",", "{", "}"));
  }

  /** The texts of an array column; empty for null. */
  public static List<String> read(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  /** Replaces NUL and unpaired surrogates, which PostgreSQL can't store, by U+FFFD. */
  static @Nullable String storable(@Nullable String text) {
    return text == null || isStorable(text) ? text : UNSTORABLE.matcher(text).replaceAll("\uFFFD");
  }

  /** Faster than the pattern; false also for a text with pairs of surrogates. */
  private static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static String quoted(String text) {
    String storable = UNSTORABLE.matcher(text).replaceAll("\uFFFD");
    return '"' + storable.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
