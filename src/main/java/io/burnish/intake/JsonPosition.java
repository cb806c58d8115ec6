package io.burnish.intake;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where JSON is broken, as an editor shows it: Jackson counts bytes, a person counts characters,
 * and a Hebrew letter is two bytes.
 */
final class JsonPosition {

  private static final byte NEW_LINE = '\n';

  private static final Pattern UNEXPECTED =
      Pattern.compile("Unexpected character \\('.*?' \\(code [^)]*\\)\\)");

  private JsonPosition() {}

  static MalformedBodyException of(byte[] body, JsonProcessingException broken) {
    JsonLocation location = broken.getLocation();
    String what = broken.getOriginalMessage().replaceAll("\\s+", " ").strip();
    if (location == null || location.getByteOffset() < 0) {
      return new MalformedBodyException("not JSON: " + what, 0, 0);
    }
    int at = (int) Math.min(location.getByteOffset(), body.length);
    int lineStart = at;
    while (lineStart > 0 && body[lineStart - 1] != NEW_LINE) {
      lineStart--;
    }
    int line = 1;
    for (int i = 0; i < lineStart; i++) {
      line += body[i] == NEW_LINE ? 1 : 0;
    }
    String before = new String(body, lineStart, at - lineStart, StandardCharsets.UTF_8);
    int column = before.codePointCount(0, before.length()) + 1;
    return new MalformedBodyException(
        "not JSON at line %d, column %d: %s%s"
            .formatted(line, column, named(what, body, at), hint(body, at, what)),
        line,
        column);
  }

  /** Jackson names the first byte of a character; a person knows the character. */
  private static String named(String what, byte[] body, int at) {
    if (at >= body.length) {
      return what;
    }
    String rest = new String(body, at, Math.min(4, body.length - at), StandardCharsets.UTF_8);
    String character = rest.substring(0, rest.offsetByCodePoints(0, 1));
    return UNEXPECTED
        .matcher(what)
        .replaceFirst(Matcher.quoteReplacement("unexpected '" + character + "'"));
  }

  private static String hint(byte[] body, int at, String what) {
    if (at < body.length && (body[at] == '<' || body[at] == '=' || body[at] == '>')) {
      return ". This looks like a merge-conflict marker: settle the conflict and save the file";
    }
    if (what.contains("expecting comma") || what.contains("expecting a colon")) {
      return ". A double quote inside text must be written \\\"";
    }
    return what.contains("end-of-input") ? ". The text ends too early: was it cut off?" : "";
  }
}
