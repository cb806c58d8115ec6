package io.burnish.amount.token;

import io.burnish.amount.token.Tokens.Type;

/** How a token is spelled: its alphabet and case, and the forms of numbers. */
public final class Spelling {

  private static final char FIRST_HEBREW = '\u0590';
  private static final int FIRST_YEAR = 1990;
  private static final int LAST_YEAR = 2100;

  private Spelling() {}

  /** Whether the token is a word of an alphabet without prefixes. */
  public static boolean isLatinWord(Tokens tokens, int index) {
    return tokens.is(index, Type.WORD) && tokens.text().charAt(tokens.start(index)) < FIRST_HEBREW;
  }

  /** Whether the token is the letter x, as in 3x49.90. */
  public static boolean isLetterX(Tokens tokens, int index) {
    return tokens.is(index, Type.WORD)
        && tokens.length(index) == 1
        && tokens.text().charAt(tokens.start(index)) == 'x';
  }

  /** Whether the token can be a year. */
  public static boolean isYear(Tokens tokens, int index) {
    int value = tokens.smallNumber(index);
    return value >= FIRST_YEAR && value <= LAST_YEAR;
  }

  /** Whether the token is a number with two decimals. */
  public static boolean hasCents(Tokens tokens, int index) {
    int end = tokens.end(index);
    char point = tokens.text().peek(end - 3);
    return tokens.length(index) > 3
        && (point == '.' || point == ',')
        && NumberScanner.isDigit(tokens.text().peek(end - 1))
        && NumberScanner.isDigit(tokens.text().peek(end - 2));
  }

  /** Whether the token can be a day and a month, such as 31.12. */
  public static boolean isDayAndMonth(Tokens tokens, int index) {
    if (!hasCents(tokens, index) || tokens.length(index) > 5) {
      return false;
    }
    String written = tokens.text().substring(tokens.start(index), tokens.end(index));
    int point = written.length() - 3;
    int day = Integer.parseInt(written.substring(0, point));
    int month = Integer.parseInt(written.substring(point + 1));
    return written.charAt(point) == '.' && day >= 1 && day <= 31 && month >= 1 && month <= 12;
  }

  /** Whether its letters were all capitals. */
  public static boolean isInCapitals(Tokens tokens, int index) {
    for (int i = tokens.start(index); i < tokens.end(index); i++) {
      if (!tokens.text().isCapital(i) && Character.isLetter(tokens.text().charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
