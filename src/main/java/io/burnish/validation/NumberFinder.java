package io.burnish.validation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the numbers of one passage and what each is the number of. */
final class NumberFinder {

  private static final Pattern DASH = Pattern.compile(" ?(?:%|\\p{Sc})? ?- ?\\p{Sc}?");
  private static final Pattern OR = Pattern.compile(" (?:עד|או|to|or) ?-?");
  private static final Pattern TELEPHONE_BEFORE = Pattern.compile("\\d-$");
  private static final int TELEPHONE_DIGITS = 6;
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final int FIRST_YEAR = 1990;
  private static final int LAST_YEAR = 2100;
  private static final int LONGEST_TERSE_PRICE = 40;

  private final Passage passage;
  private final String text;
  private final List<Found> found = new ArrayList<>();

  /** A number with its place in the text. */
  private record Found(int start, int end, Set<BigDecimal> readings, NumberUse use) {

    Found as(NumberUse other) {
      return new Found(start, end, readings, other);
    }
  }

  private NumberFinder(Passage passage, String text) {
    this.passage = passage;
    this.text = text;
  }

  /**
   * @param text the passage's text, as {@link NormalText}
   */
  static List<NumberInText> numbersIn(Passage passage, String text) {
    NumberFinder finder = new NumberFinder(passage, text);
    finder.find();
    finder.shareUseWithinRanges();
    finder.distrustBareNumbers();
    return finder.found.stream().map(finder::quoted).toList();
  }

  /** Numbers are digits with points, commas, slashes and colons between them. */
  private void find() {
    int at = 0;
    while (at < text.length()) {
      if (isDigit(text.charAt(at))) {
        int end = endOfNumber(at);
        found.add(numberAt(at, end, text.substring(at, end)));
        at = end;
      } else {
        at++;
      }
    }
  }

  /** After the last digit of the number that begins there. */
  private int endOfNumber(int start) {
    int end = start + 1;
    for (int next = end; next < text.length() && isInNumber(text.charAt(next)); next++) {
      end = isDigit(text.charAt(next)) ? next + 1 : end;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isInNumber(char c) {
    return isDigit(c) || c == '.' || c == ',' || c == '/' || c == ':';
  }

  private Found numberAt(int start, int end, String run) {
    String before = text.substring(Math.max(0, start - Surroundings.WIDTH), start);
    String after = text.substring(end, Math.min(text.length(), end + Surroundings.WIDTH));
    Set<BigDecimal> readings = NumberNotation.readings(run);
    if (readings.isEmpty() || isTelephone(before, run)) {
      return new Found(start, end, readings, NumberUse.OTHER);
    }
    if (Surroundings.sayPercent(before, after)) {
      return new Found(start, end, readings, NumberUse.PERCENTAGE);
    }
    if (Surroundings.sayMinorUnit(after)) {
      return new Found(start, end, times(readings, new BigDecimal("0.01")), NumberUse.MONEY);
    }
    if (Surroundings.sayThousands(after)) {
      return new Found(start, end, times(readings, THOUSAND), Surroundings.ofMoney(before, after));
    }
    if (Surroundings.sayCurrency(before, after)) {
      return new Found(start, end, readings, Surroundings.ofMoney(before, after));
    }
    NumberUse use = Surroundings.ofNumberAlone(before, after);
    return new Found(start, end, readings, isYear(readings, use) ? NumberUse.OTHER : use);
  }

  private static boolean isTelephone(String before, String run) {
    return run.length() >= TELEPHONE_DIGITS && TELEPHONE_BEFORE.matcher(before).find();
  }

  /** A bare 2025 is a year, unless it is all there is. */
  private boolean isYear(Set<BigDecimal> readings, NumberUse use) {
    BigDecimal value = readings.iterator().next();
    return use == NumberUse.BARE
        && value.scale() == 0
        && value.compareTo(BigDecimal.valueOf(FIRST_YEAR)) >= 0
        && value.compareTo(BigDecimal.valueOf(LAST_YEAR)) <= 0
        && text.chars().anyMatch(Character::isLetter);
  }

  private static Set<BigDecimal> times(Set<BigDecimal> readings, BigDecimal factor) {
    return readings.stream().map(factor::multiply).collect(Collectors.toSet());
  }

  /** "10-20%" and "€100-200" say of both numbers what only one of them has beside it. */
  private void shareUseWithinRanges() {
    for (int i = found.size() - 2; i >= 0; i--) {
      Found first = found.get(i);
      Found second = found.get(i + 1);
      if (first.use() == NumberUse.BARE && second.use() != NumberUse.BARE) {
        boolean dash = isBetween(DASH, first, second);
        boolean or = isBetween(OR, first, second) && second.use() != NumberUse.OTHER;
        found.set(i, dash || or ? first.as(second.use()) : first);
      }
    }
    for (int i = 1; i < found.size(); i++) {
      Found first = found.get(i - 1);
      Found second = found.get(i);
      if (second.use() == NumberUse.BARE && isBetween(DASH, first, second)) {
        found.set(i, second.as(first.use()));
      }
    }
  }

  /**
   * A bare number is the price only where the price field holds little else; beside a marked number
   * or within a sentence it counts something.
   */
  private void distrustBareNumbers() {
    boolean marked =
        found.stream()
            .anyMatch(
                number -> number.use() == NumberUse.MONEY || number.use() == NumberUse.PERCENTAGE);
    if (marked || text.length() > LONGEST_TERSE_PRICE) {
      found.replaceAll(
          number -> number.use() == NumberUse.BARE ? number.as(NumberUse.OTHER) : number);
    }
  }

  private boolean isBetween(Pattern pattern, Found first, Found second) {
    int length = second.start() - first.end();
    return length <= Surroundings.WIDTH
        && pattern.matcher(text.substring(first.end(), second.start())).matches();
  }

  private NumberInText quoted(Found number) {
    int start = Math.max(0, number.start() - 20);
    int end = Math.min(text.length(), number.end() + 20);
    if (start > 0 && Character.isLowSurrogate(text.charAt(start))) {
      start++;
    }
    if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
      end--;
    }
    return new NumberInText(
        number.readings(), number.use(), text.substring(start, end).strip(), passage);
  }
}
