package io.burnish.amount.text;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows while a text is read whether it is struck through: by a tag, by an attribute, or by two
 * tildes. Not thread-safe.
 */
final class StrikeThrough {

  private static final Set<String> STRIKING = Set.of("del", "s", "strike");

  /** Attributes by which pages strike through without a tag for it. */
  private static final Pattern STRUCK_BY_STYLE =
      Pattern.compile(
          "line-through|(?:old|was|former|regular|list|original)[-_]?price"
              + "|price[-_]?(?:old|was|former|regular|original)|strike(?:d|through)?\\b|crossed[-_]?out",
          Pattern.CASE_INSENSITIVE);

  private final String text;
  private String tag = "";
  private int depth;
  private boolean byTildes;
  private boolean noMoreTildes;

  StrikeThrough(String text) {
    this.text = text;
  }

  /** Whether the text is struck through after the tags and tildes that were read. */
  boolean isOn() {
    return depth > 0 || byTildes;
  }

  /** Begins or ends by a tag, if the tag is about it. */
  void apply(MarkupTag next) {
    boolean same = next.name().equals(tag);
    if (next.closing()) {
      if (depth > 0 && same) {
        depth--;
      }
    } else if (depth > 0) {
      depth += same && !next.attributes().endsWith("/") ? 1 : 0;
    } else if (STRIKING.contains(next.name()) || isByStyle(next.attributes())) {
      tag = next.name();
      depth = 1;
    }
  }

  private static boolean isByStyle(String attributes) {
    return attributes.length() > 6 && STRUCK_BY_STYLE.matcher(attributes).find();
  }

  /** Strikes through up to the next two tildes of the same line. */
  void toggleByTildes(int at) {
    if (byTildes) {
      byTildes = false;
    } else if (!noMoreTildes) {
      int close = text.indexOf("~~", at + 2);
      noMoreTildes = close < 0;
      byTildes =
          close > 0
              && text.substring(at, Math.min(close, at + MarkupTag.MAX_LENGTH)).indexOf('\n') < 0;
    }
  }
}
