package io.burnish.amount.token;

import io.burnish.amount.text.NormalText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;

/**
 * The digit groups of one number, and the values that they can mean. Grouped by threes or as in
 * India; decimals after a point or comma. Not thread-safe; {@link #clear} begins the next number.
 */
final class DigitGroups {

  /** A longer whole number is a card, order or telephone number. */
  private static final int MAX_WHOLE_DIGITS = 13;

  private static final int MAX_DECIMALS = 30;
  private static final int MAX_MONEY_DECIMALS = 4;

  /** From so many decimals on, a number is a binary fraction such as 29.900000000000002. */
  private static final int BINARY_DECIMALS = 10;

  private static final BigDecimal BINARY_ERROR = new BigDecimal("0.000000001");
  private static final int MAX_GROUPS = 8;

  private final NormalText text;
  private final int[] starts = new int[MAX_GROUPS];
  private final int[] ends = new int[MAX_GROUPS];
  private final char[] separators = new char[MAX_GROUPS];
  private int count;
  private boolean tooMany;

  DigitGroups(NormalText text) {
    this.text = text;
  }

  void clear() {
    count = 0;
    tooMany = false;
  }

  /**
   * Adds a group.
   *
   * @param separator the character before it; of the first group 0, or the point of {@code .50}
   */
  void add(char separator, int start, int end) {
    if (count == MAX_GROUPS) {
      tooMany = true;
      return;
    }
    starts[count] = start;
    ends[count] = end;
    separators[count] = separator;
    count++;
  }

  boolean isSingle() {
    return count == 1;
  }

  boolean isTooMany() {
    return tooMany;
  }

  /** Whether a group of thousands may follow the groups so far. */
  boolean mayBeThousands() {
    return length(0) <= 3 && !startsWithZero();
  }

  /** The values of all groups; empty if they are a date, a code or too long. */
  Set<BigDecimal> readings() {
    if (separators[0] != 0) {
      return fraction();
    }
    if (count == 1) {
      return length(0) > MAX_WHOLE_DIGITS || hasLeadingZero()
          ? Set.of()
          : Set.of(new BigDecimal(digits(0)));
    }
    if (length(0) > MAX_WHOLE_DIGITS || length(count - 1) > MAX_DECIMALS) {
      return Set.of();
    }
    return count == 2 ? ofTwo() : ofMany();
  }

  private Set<BigDecimal> fraction() {
    return count == 1 && length(0) <= MAX_MONEY_DECIMALS
        ? Set.of(new BigDecimal("0." + digits(0)))
        : Set.of();
  }

  private Set<BigDecimal> ofTwo() {
    boolean threes = length(1) == 3 && length(0) <= 3 && !startsWithZero();
    return switch (separators[1]) {
      case '.' -> {
        if (hasLeadingZero()) {
          yield Set.of();
        }
        BigDecimal decimal = new BigDecimal(digits(0) + "." + digits(1));
        if (threes) {
          yield Set.of(new BigDecimal(digits(0) + digits(1)), decimal);
        }
        yield length(1) < BINARY_DECIMALS ? Set.of(decimal) : withRounded(decimal);
      }
      case ',' -> {
        if (threes) {
          yield Set.of(new BigDecimal(digits(0) + digits(1)));
        }
        yield hasLeadingZero() || length(1) > MAX_MONEY_DECIMALS
            ? Set.of()
            : Set.of(new BigDecimal(digits(0) + "." + digits(1)));
      }
      default -> threes ? Set.of(new BigDecimal(digits(0) + digits(1))) : Set.of();
    };
  }

  private static Set<BigDecimal> withRounded(BigDecimal decimal) {
    BigDecimal money = decimal.setScale(MAX_MONEY_DECIMALS, RoundingMode.HALF_EVEN);
    boolean near = decimal.subtract(money).abs().compareTo(BINARY_ERROR) < 0;
    return near && money.compareTo(decimal) != 0 ? Set.of(decimal, money) : Set.of(decimal);
  }

  private Set<BigDecimal> ofMany() {
    char grouping = separators[1];
    int last = count - 1;
    boolean decimals = separators[last] != grouping;
    int grouped = decimals ? last : count;
    for (int i = 2; i < grouped; i++) {
      if (separators[i] != grouping) {
        return Set.of();
      }
    }
    boolean point = separators[last] == '.' || separators[last] == ',';
    if (startsWithZero() || (decimals && !point) || !(inThrees(grouped) || asInIndia(grouped))) {
      return Set.of();
    }
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < grouped; i++) {
      digits.append(digits(i));
    }
    if (digits.length() > MAX_WHOLE_DIGITS) {
      return Set.of();
    }
    return Set.of(new BigDecimal(decimals ? digits + "." + digits(last) : digits.toString()));
  }

  private boolean inThrees(int grouped) {
    for (int i = 1; i < grouped; i++) {
      if (length(i) != 3) {
        return false;
      }
    }
    return length(0) <= 3;
  }

  /** 1,29,999: pairs of digits, then three. */
  private boolean asInIndia(int grouped) {
    if (separators[1] != ',' || grouped < 3 || length(0) > 2) {
      return false;
    }
    for (int i = 1; i < grouped - 1; i++) {
      if (length(i) != 2) {
        return false;
      }
    }
    return length(grouped - 1) == 3;
  }

  private boolean startsWithZero() {
    return text.charAt(starts[0]) == '0';
  }

  private boolean hasLeadingZero() {
    return startsWithZero() && length(0) > 1;
  }

  private int length(int group) {
    return ends[group] - starts[group];
  }

  private String digits(int group) {
    return text.substring(starts[group], ends[group]);
  }
}
