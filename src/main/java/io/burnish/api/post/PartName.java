package io.burnish.api.post;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an uploaded file. The form reader ends a quoted name at the first quotation mark,
 * even at one that is escaped.
 */
final class PartName {

  /** A quoted name; a quotation mark after a backslash does not end it. */
  private static final Pattern QUOTED =
      Pattern.compile(";\\s*filename=\"((?:[^\"\\\\]++|\\\\.)*+)\"", Pattern.CASE_INSENSITIVE);

  private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\])");

  private PartName() {}

  /**
   * The name. Clients escape a quotation mark in two ways: browsers, and curl since 7.81,
   * percent-encode it and line ends; older versions of curl write a backslash before it and before
   * a backslash. A backslash before any other character is a part of the name.
   *
   * <p>Source: WHATWG HTML, multipart form data; curl's changes of 7.81.0.
   *
   * @param disposition the part's Content-Disposition
   * @param read the name as the form reader has it; null: none was sent
   */
  static Optional<String> of(String disposition, @Nullable String read) {
    Matcher quoted = QUOTED.matcher(disposition);
    if (read == null || disposition.contains("filename*=") || !quoted.find()) {
      return Optional.ofNullable(read);
    }
    String name = ESCAPED.matcher(quoted.group(1)).replaceAll("$1");
    return Optional.of(name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"));
  }
}
