package io.burnish.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches a text log, from any logger. */
class SafeLogLinesTest {

  private static final String HIDDEN = "[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]";

  private static final PatternFormatter MESSAGE = new PatternFormatter("%s");

  private final SafeLogLines filter = new SafeLogLines();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "\r",
        "\t",
        "\0",
        "\u001b[31m",
        "\u009b31m",
        "\u0085",
        "\u007f",
        "\u202e",
        "\u2066",
        "\u200f",
        "\ufeff",
        "\u2028",
        "\u2029",
        "\ud800",
        "\udb40\udc41"
      })
  void a_value_is_logged_without_invisible_characters(String hidden) {
    String line = formatted("A job \"%s\"", "x" + hidden + "2026-11-26 ERROR forged");

    assertThat(line).doesNotContainPattern(HIDDEN).contains("A job \"x\\", "ERROR forged");
  }

  @Test
  void other_text_is_logged_as_it_is() {
    assertThat(formatted("%s: %d of %,d", "10% הנחה על מוצרי חלב 🧀 \\n", 3, 4_000))
        .isEqualTo("10% הנחה על מוצרי חלב 🧀 \\n: 3 of 4,000");
  }

  @Test
  void a_long_value_is_cut_and_says_how_long_it_was() {
    String line = formatted("Key %s is unknown", "k".repeat(7_000_000));

    assertThat(line).isEqualTo("Key " + "k".repeat(200) + "… (7000000 characters) is unknown");
  }

  @Test
  void a_value_that_is_not_text_is_cut_too() {
    Object value = new StringBuilder("a\nb").append("c".repeat(500));

    assertThat(formatted("Seen %s", value)).startsWith("Seen a\\nbc").hasSizeLessThan(250);
  }

  @Test
  void a_message_without_parameters_is_one_line_of_limited_length() {
    ExtLogRecord line =
        new ExtLogRecord(
            Level.INFO, "forged\nERROR 100% " + "x".repeat(5_000), FormatStyle.NO_FORMAT, "any");

    assertThat(filter.isLoggable(line)).isTrue();

    assertThat(MESSAGE.format(line)).startsWith("forged\\nERROR 100% xxx").hasSizeLessThan(1_100);
  }

  @Test
  void an_exception_keeps_its_stack_and_its_causes_and_its_messages_are_lines() {
    Exception cause = new IllegalArgumentException("key a\nERROR forged\u001b[0m");
    Exception thrown = new IllegalStateException("x".repeat(10_000), cause);
    thrown.addSuppressed(new IllegalStateException("b\u2028c"));
    ExtLogRecord line = new ExtLogRecord(Level.SEVERE, "failed", FormatStyle.PRINTF, "any");
    line.setThrown(thrown);

    filter.isLoggable(line);
    String shown = new PatternFormatter("%m%e%n").format(line);

    assertThat(shown.lines().filter(text -> text.startsWith("ERROR"))).isEmpty();
    assertThat(shown)
        .contains("java.lang.IllegalStateException: xxx")
        .contains("Caused by: java.lang.IllegalArgumentException: key a\\nERROR forged\\u001b[0m")
        .contains("b\\u2028c")
        .contains("\tat io.burnish.observability.SafeLogLinesTest");
    assertThat(shown.lines()).allSatisfy(text -> assertThat(text).hasSizeLessThan(700));
  }

  @Test
  void an_exception_without_such_messages_is_logged_as_it_is() {
    Exception thrown = new IllegalStateException("plain");
    ExtLogRecord line = new ExtLogRecord(Level.SEVERE, "failed", FormatStyle.PRINTF, "any");
    line.setThrown(thrown);

    filter.isLoggable(line);

    assertThat(line.getThrown()).isSameAs(thrown);
  }

  @Test
  void an_exception_that_is_its_own_cause_ends() {
    Exception one = new IllegalStateException("one\n");
    Exception two = new IllegalStateException("two", one);
    one.initCause(two);
    ExtLogRecord line = new ExtLogRecord(Level.SEVERE, "failed", FormatStyle.PRINTF, "any");
    line.setThrown(one);

    filter.isLoggable(line);

    StringWriter shown = new StringWriter();
    line.getThrown().printStackTrace(new PrintWriter(shown));
    assertThat(shown.toString()).contains("one\\n", "two");
  }

  private String formatted(String format, Object... values) {
    ExtLogRecord line = new ExtLogRecord(Level.INFO, format, FormatStyle.PRINTF, "any");
    line.setParameters(values);
    assertThat(filter.isLoggable(line)).isTrue();
    return MESSAGE.format(line);
  }
}
