package io.burnish.intake;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where JSON is broken, as an editor shows it: Jackson counts bytes, a person counts characters,
 * and a Hebrew letter is two bytes.
 */
final class JsonPosition {

  private static final byte NEW_LINE = '\n';
  private static final int BUFFER = 64 * 1024;

  /** The longest character, in bytes. */
  private static final int LONGEST = 4;

  private static final Pattern UNEXPECTED =
      Pattern.compile("Unexpected character \\('.*?' \\(code [^)]*\\)\\)");

  private JsonPosition() {}

  /**
   * What a parser found.
   *
   * @param start where in the body the parser began
   */
  static MalformedBodyException of(Spooled body, long start, JsonProcessingException broken) {
    JsonLocation location = broken.getLocation();
    String what = broken.getOriginalMessage().replaceAll("\\s+", " ").strip();
    if (location == null || location.getByteOffset() < 0) {
      return new MalformedBodyException("not JSON: " + what, 0, 0);
    }
    long at = Math.min(start + location.getByteOffset(), body.size());
    byte[] rest = body.bytes(at, LONGEST);
    return at(body, at, "not JSON", named(what, rest) + hint(rest, what));
  }

  static MalformedBodyException at(Spooled body, long at, String what) {
    return at(body, at, "not records", what);
  }

  private static MalformedBodyException at(Spooled body, long at, String verdict, String what) {
    int line = 1;
    int column = 1;
    byte[] buffer = new byte[BUFFER];
    long from = body.start();
    while (from < at) {
      int read = body.read(ByteBuffer.wrap(buffer, 0, (int) Math.min(BUFFER, at - from)), from);
      for (int i = 0; i < read; i++) {
        if (buffer[i] == NEW_LINE) {
          line++;
          column = 1;
        } else if (!continuesCharacter(buffer[i])) {
          column++;
        }
      }
      from += Math.max(read, 1);
    }
    return new MalformedBodyException(
        "%s at line %d, column %d: %s".formatted(verdict, line, column, what), line, column);
  }

  /** In UTF-8 the second and later bytes of a character, and only they, begin with the bits 10. */
  private static boolean continuesCharacter(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** Jackson names the first byte of a character; a person knows the character. */
  private static String named(String what, byte[] rest) {
    if (rest.length == 0) {
      return what;
    }
    String text = new String(rest, StandardCharsets.UTF_8);
    String character = text.substring(0, text.offsetByCodePoints(0, 1));
    return UNEXPECTED
        .matcher(what)
        .replaceFirst(Matcher.quoteReplacement("unexpected '" + character + "'"));
  }

  private static String hint(byte[] rest, String what) {
    if (rest.length > 0 && (rest[0] == '<' || rest[0] == '=' || rest[0] == '>')) {
      return ". This looks like a merge-conflict marker: settle the conflict and save the file";
    }
    if (what.contains("expecting comma") || what.contains("expecting a colon")) {
      return ". A double quote inside text must be written \\\"";
    }
    if (what.contains("UTF-8")) {
      return ". Save the text as UTF-8";
    }
    return what.contains("end-of-input") ? ". The text ends too early: was it cut off?" : "";
  }
}
