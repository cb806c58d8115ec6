package io.burnish.amount;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads one number in the notations of the world: grouped by comma, point, apostrophe or no-break
 * blank, by threes or as in India; decimals by point, comma or raised digits; {@code .50}, {@code
 * 12,-}. Numbers written with blanks or a currency inside are put together by {@link NumberMerger}.
 * For one thread; a scan's findings hold until the next.
 */
final class NumberScanner {

  /** Stands between two digits that come from two tags. */
  static final char SEAM = '\u2063';

  /** Longer whole numbers are card, order or telephone numbers. */
  private static final int LONGEST_WHOLE = 13;

  private static final int LONGEST_DECIMALS = 30;

  /**
   * From so many decimals on a number is a binary fraction written out, such as 29.900000000000002.
   */
  private static final int BINARY_DECIMALS = 10;

  private static final int DECIMALS_OF_MONEY = 4;
  private static final int LONGEST_EXPONENT = 4;
  private static final int MOST_GROUPS = 8;

  private final NormalText text;
  private final int[] groupStart = new int[MOST_GROUPS];
  private final int[] groupEnd = new int[MOST_GROUPS];
  private final char[] separator = new char[MOST_GROUPS];
  private int groups;
  private int end;
  private boolean priceMark;
  private Set<BigDecimal> readings = Set.of();

  NumberScanner(NormalText text) {
    this.text = text;
  }

  /** Whether a number begins there. */
  boolean startsAt(int index) {
    char c = text.charAt(index);
    if (isDigit(c)) {
      return true;
    }
    return (c == '.' || c == ',')
        && isDigit(text.peek(index + 1))
        && !Character.isLetterOrDigit(text.peek(index - 1));
  }

  /** Reads the number that begins there; returns the index after it. */
  int scan(int start) {
    groups = 0;
    priceMark = false;
    readings = Set.of();
    boolean fractionOnly = !isDigit(text.charAt(start));
    int at = fractionOnly ? start + 1 : start;
    char before = fractionOnly ? text.charAt(start) : 0;
    boolean tooMany = false;
    while (true) {
      int groupEndAt = endOfDigits(at);
      if (groups < MOST_GROUPS) {
        groupStart[groups] = at;
        groupEnd[groups] = groupEndAt;
        separator[groups] = before;
        groups++;
      } else {
        tooMany = true;
      }
      at = groupEndAt;
      before = text.peek(at);
      if (!continues(before, at)) {
        break;
      }
      at++;
    }
    end = at;
    if (!tooMany) {
      readings = fractionOnly ? fraction() : readings();
      exponent(start);
      raisedCents();
      markOfPrice();
    }
    return end;
  }

  /** The values that the number can be read as; none where it is a date, a code or too long. */
  Set<BigDecimal> found() {
    return readings;
  }

  /** Whether it ends as only prices do: {@code 12,-} or {@code 1299/-}. */
  boolean hasPriceMark() {
    return priceMark;
  }

  /** Digits in its first group. */
  int firstGroupLength() {
    return groupEnd[0] - groupStart[0];
  }

  /** Digits of the group after the last separator; 0 where there is none. */
  int lastGroupLength() {
    return groups == 1 ? 0 : groupEnd[groups - 1] - groupStart[groups - 1];
  }

  private boolean continues(char separatorAt, int at) {
    return switch (separatorAt) {
      case '.', ',' -> isDigit(text.peek(at + 1));
      case '\'' -> hasThreeDigits(at + 1);
      case Folding.NO_BREAK ->
          firstGroupLength() <= 3 && text.charAt(groupStart[0]) != '0' && hasThreeDigits(at + 1);
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

  private Set<BigDecimal> fraction() {
    int digits = groupEnd[0] - groupStart[0];
    return groups == 1 && digits <= DECIMALS_OF_MONEY
        ? Set.of(new BigDecimal("0." + group(0)))
        : Set.of();
  }

  private Set<BigDecimal> readings() {
    int first = firstGroupLength();
    if (groups == 1) {
      return first > LONGEST_WHOLE || hasLeadingZero()
          ? Set.of()
          : Set.of(new BigDecimal(group(0)));
    }
    if (first > LONGEST_WHOLE || lastGroupLength() > LONGEST_DECIMALS) {
      return Set.of();
    }
    return groups == 2 ? ofTwoGroups() : ofManyGroups();
  }

  private Set<BigDecimal> ofTwoGroups() {
    boolean threes = lastGroupLength() == 3 && firstGroupLength() <= 3 && !startsWithZero();
    return switch (separator[1]) {
      case '.' -> {
        if (hasLeadingZero()) {
          yield Set.of();
        }
        BigDecimal decimal = new BigDecimal(group(0) + "." + group(1));
        if (threes) {
          yield Set.of(new BigDecimal(group(0) + group(1)), decimal);
        }
        yield lastGroupLength() < BINARY_DECIMALS ? Set.of(decimal) : rounded(decimal);
      }
      case ',' -> {
        if (threes) {
          yield Set.of(new BigDecimal(group(0) + group(1)));
        }
        yield hasLeadingZero() || lastGroupLength() > DECIMALS_OF_MONEY
            ? Set.of()
            : Set.of(new BigDecimal(group(0) + "." + group(1)));
      }
      default -> threes ? Set.of(new BigDecimal(group(0) + group(1))) : Set.of();
    };
  }

  private static Set<BigDecimal> rounded(BigDecimal decimal) {
    BigDecimal money = decimal.setScale(DECIMALS_OF_MONEY, RoundingMode.HALF_EVEN);
    boolean near = decimal.subtract(money).abs().compareTo(new BigDecimal("0.000000001")) < 0;
    return near && money.compareTo(decimal) != 0 ? Set.of(decimal, money) : Set.of(decimal);
  }

  private Set<BigDecimal> ofManyGroups() {
    char grouping = separator[1];
    int last = groups - 1;
    boolean decimals = separator[last] != grouping;
    int grouped = decimals ? last : groups;
    for (int i = 2; i < grouped; i++) {
      if (separator[i] != grouping) {
        return Set.of();
      }
    }
    boolean point = separator[last] == '.' || separator[last] == ',';
    if (startsWithZero() || (decimals && !point) || !(inThrees(grouped) || asInIndia(grouped))) {
      return Set.of();
    }
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < grouped; i++) {
      digits.append(group(i));
    }
    if (digits.length() > LONGEST_WHOLE) {
      return Set.of();
    }
    return Set.of(new BigDecimal(decimals ? digits + "." + group(last) : digits.toString()));
  }

  private boolean inThrees(int grouped) {
    for (int i = 1; i < grouped; i++) {
      if (groupEnd[i] - groupStart[i] != 3) {
        return false;
      }
    }
    return firstGroupLength() <= 3;
  }

  /** 1,29,999: the last three digits, and pairs before them. */
  private boolean asInIndia(int grouped) {
    if (separator[1] != ',' || grouped < 3 || firstGroupLength() > 2) {
      return false;
    }
    for (int i = 1; i < grouped - 1; i++) {
      if (groupEnd[i] - groupStart[i] != 2) {
        return false;
      }
    }
    return groupEnd[grouped - 1] - groupStart[grouped - 1] == 3;
  }

  /** 19⁹⁰, 49.⁹⁰, and digits from two tags; one raised digit is the number of a footnote. */
  private void raisedCents() {
    if (groups != 1 || readings.size() != 1) {
      return;
    }
    char next = text.peek(end);
    if (next == SEAM && (text.peek(end + 1) == '.' || text.peek(end + 1) == ',')) {
      centsOfNextTag(end + 2);
      return;
    }
    int from = next == '.' || next == ',' || next == SEAM ? end + 1 : end;
    int tens = cent(from, next);
    int ones = cent(from + 1, next);
    if (tens >= 0 && ones >= 0 && cent(from + 2, next) < 0) {
      BigDecimal cents = new BigDecimal(tens * 10 + ones).movePointLeft(2);
      readings = Set.of(readings.iterator().next().add(cents));
      end = from + 2;
    }
  }

  /** 49 in one tag, .90 in the next. */
  private void centsOfNextTag(int from) {
    int after = endOfDigits(from);
    if (after > from && after - from <= 2) {
      BigDecimal cents = new BigDecimal("0." + text.substring(from, after));
      readings = Set.of(readings.iterator().next().add(cents));
      end = after;
    }
  }

  /** 1E+3, as JSON may write a number that is the whole text. */
  private void exponent(int start) {
    if (start == 0 && text.peek(end) == 'e' && text.length() - end <= LONGEST_EXPONENT) {
      int at = text.peek(end + 1) == '+' || text.peek(end + 1) == '-' ? end + 2 : end + 1;
      if (at < text.length() && endOfDigits(at) == text.length()) {
        BigDecimal value = new BigDecimal(text.substring(start, text.length()));
        readings = Set.of(value);
        end = text.length();
      }
    }
  }

  private int cent(int at, char before) {
    char c = text.peek(at);
    return before == SEAM && isDigit(c) ? c - '0' : Folding.superscript(c);
  }

  private void markOfPrice() {
    char next = text.peek(end);
    if ((next == ',' || next == '.' || next == '/') && text.peek(end + 1) == '-') {
      int after = text.peek(end + 2) == '-' ? end + 3 : end + 2;
      if (!isDigit(text.peek(after)) && !Character.isLetter(text.peek(after))) {
        priceMark = true;
        end = after;
        readings =
            readings.stream()
                .filter(value -> readings.size() == 1 || value.scale() <= 0)
                .collect(Collectors.toSet());
      }
    }
  }

  private boolean startsWithZero() {
    return text.charAt(groupStart[0]) == '0';
  }

  private boolean hasLeadingZero() {
    return startsWithZero() && firstGroupLength() > 1;
  }

  private String group(int index) {
    return text.substring(groupStart[index], groupEnd[index]);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
