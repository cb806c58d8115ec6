package io.burnish.validation;

import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;

/** The values a run of digits, points and commas can be read as. */
final class NumberNotation {

  /** Longer runs are card, order or telephone numbers. */
  private static final int LONGEST = 16;

  private static final Pattern PLAIN = Pattern.compile("0|[1-9]\\d*");
  private static final Pattern THOUSANDS_BY_COMMA =
      Pattern.compile("[1-9]\\d{0,2}(?:,\\d{3})+(?:\\.\\d+)?");
  private static final Pattern THOUSANDS_BY_POINT =
      Pattern.compile("[1-9]\\d{0,2}(?:\\.\\d{3})+(?:,\\d+)?");
  private static final Pattern DECIMAL_POINT = Pattern.compile("(?:0|[1-9]\\d*)\\.\\d+");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("(?:0|[1-9]\\d*),\\d{1,2}");

  private NumberNotation() {}

  /** Empty where the run is no number: a date, a time, a code with leading zeroes. */
  static Set<BigDecimal> readings(String run) {
    if (run.length() > LONGEST) {
      return Set.of();
    }
    if (PLAIN.matcher(run).matches()) {
      return Set.of(new BigDecimal(run));
    }
    if (THOUSANDS_BY_COMMA.matcher(run).matches()) {
      return Set.of(new BigDecimal(run.replace(",", "")));
    }
    if (DECIMAL_COMMA.matcher(run).matches()) {
      return Set.of(new BigDecimal(run.replace(',', '.')));
    }
    boolean decimal = DECIMAL_POINT.matcher(run).matches();
    if (THOUSANDS_BY_POINT.matcher(run).matches()) {
      BigDecimal grouped = new BigDecimal(run.replace(".", "").replace(',', '.'));
      return decimal ? Set.of(grouped, new BigDecimal(run)) : Set.of(grouped);
    }
    return decimal ? Set.of(new BigDecimal(run)) : Set.of();
  }
}
