import java.util.Locale;

/** What a figure counts, and how it is written. */
enum Unit {
  /** Part of a whole, from 0 to 1. */
  SHARE("%.1f %%", 100),
  /** A ratio. */
  TIMES("%.3f ×", 1),
  /** A number of things. */
  COUNT("%.0f", 1),
  /** A time. */
  SECONDS("%.1f s", 1),
  /** A time, given in seconds. */
  MILLISECONDS("%.1f ms", 1000);

  private final String form;
  private final double factor;

  Unit(String form, double factor) {
    this.form = form;
    this.factor = factor;
  }

  /** For a person. */
  String text(double value) {
    return String.format(Locale.ROOT, form, value * factor);
  }
}
