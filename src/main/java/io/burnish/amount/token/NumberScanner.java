package io.burnish.amount.token;

import io.burnish.amount.text.NormalText;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads one number: digit groups separated by comma, point, apostrophe or no-break blank, {@code
 * .50}, superscript cents, {@code 12,-}. {@code NumberMerger} joins numbers that contain blanks or
 * a currency. Not thread-safe; the results of a scan are valid until the next.
 */
public final class NumberScanner {

  private static final int MAX_EXPONENT = 4;

  private final NormalText text;
  private final DigitGroups groups;
  private int end;
  private boolean priceMark;
  private Set<BigDecimal> readings = Set.of();

  NumberScanner(NormalText text) {
    this.text = text;
    this.groups = new DigitGroups(text);
  }

  /** Whether a number begins at that index. */
  boolean startsAt(int index) {
    char c = text.charAt(index);
    if (isDigit(c)) {
      return true;
    }
    return (c == '.' || c == ',')
        && isDigit(text.peek(index + 1))
        && !Character.isLetterOrDigit(text.peek(index - 1));
  }

  /** Reads the number that begins at that index; returns the index after it. */
  int scan(int start) {
    priceMark = false;
    readings = Set.of();
    end = scanGroups(start);
    if (!groups.isTooMany()) {
      readings = groups.readings();
      readExponent(start);
      readCents();
      readPriceMark();
    }
    return end;
  }

  /** The possible values; empty if the number is a date, a code or too long. */
  Set<BigDecimal> readings() {
    return readings;
  }

  /** Whether it ends as only prices do: {@code 12,-} or {@code 1299/-}. */
  boolean hasPriceMark() {
    return priceMark;
  }

  private int scanGroups(int start) {
    groups.clear();
    boolean fractionOnly = !isDigit(text.charAt(start));
    int at = fractionOnly ? start + 1 : start;
    char separator = fractionOnly ? text.charAt(start) : 0;
    while (true) {
      int endOfGroup = endOfDigits(at);
      groups.add(separator, at, endOfGroup);
      separator = text.peek(endOfGroup);
      if (!continues(separator, endOfGroup)) {
        return endOfGroup;
      }
      at = endOfGroup + 1;
    }
  }

  private boolean continues(char separator, int at) {
    return switch (separator) {
      case '.', ',' -> isDigit(text.peek(at + 1));
      case '\'' -> hasThreeDigits(at + 1);
      case NormalText.NO_BREAK -> groups.mayBeThousands() && hasThreeDigits(at + 1);
      default -> false;
    };
  }

  private boolean hasThreeDigits(int from) {
    return isDigit(text.peek(from))
        && isDigit(text.peek(from + 1))
        && isDigit(text.peek(from + 2))
        && !isDigit(text.peek(from + 3));
  }

  private int endOfDigits(int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** 1E+3: JSON may write a number so, if it is the whole text. */
  private void readExponent(int start) {
    if (start == 0 && text.peek(end) == 'e' && text.length() - end <= MAX_EXPONENT) {
      int at = text.peek(end + 1) == '+' || text.peek(end + 1) == '-' ? end + 2 : end + 1;
      if (at < text.length() && endOfDigits(at) == text.length()) {
        readings = Set.of(new BigDecimal(text.substring(start, text.length())));
        end = text.length();
      }
    }
  }

  /** 19⁹⁰, 49.⁹⁰, and digits of two tags. One superscript digit is the number of a footnote. */
  private void readCents() {
    if (!groups.isSingle() || readings.size() != 1) {
      return;
    }
    char next = text.peek(end);
    if (next == NormalText.SEAM && (text.peek(end + 1) == '.' || text.peek(end + 1) == ',')) {
      readCentsOfNextTag(end + 2);
      return;
    }
    int from = next == '.' || next == ',' || next == NormalText.SEAM ? end + 1 : end;
    int tens = cent(from, next);
    int ones = cent(from + 1, next);
    if (tens >= 0 && ones >= 0 && cent(from + 2, next) < 0) {
      addCents(BigDecimal.valueOf(tens * 10L + ones, 2));
      end = from + 2;
    }
  }

  /** 49 in one tag, .90 in the next. */
  private void readCentsOfNextTag(int from) {
    int after = endOfDigits(from);
    if (after > from && after - from <= 2) {
      addCents(new BigDecimal("0." + text.substring(from, after)));
      end = after;
    }
  }

  private void addCents(BigDecimal cents) {
    readings = Set.of(readings.iterator().next().add(cents));
  }

  private int cent(int at, char before) {
    char c = text.peek(at);
    return before == NormalText.SEAM && isDigit(c) ? c - '0' : NormalText.superscript(c);
  }

  private void readPriceMark() {
    char next = text.peek(end);
    if ((next == ',' || next == '.' || next == '/') && text.peek(end + 1) == '-') {
      int after = text.peek(end + 2) == '-' ? end + 3 : end + 2;
      if (!isDigit(text.peek(after)) && !Character.isLetter(text.peek(after))) {
        priceMark = true;
        end = after;
        if (readings.size() > 1) {
          Set<BigDecimal> whole = new HashSet<>(readings);
          whole.removeIf(value -> value.scale() > 0);
          readings = whole;
        }
      }
    }
  }

  /** Whether it is a digit from 0 to 9. */
  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
