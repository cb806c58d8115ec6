package io.burnish.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a sentence for clients of a parser's error. The parser's own message only tells the cases
 * apart, and is never passed on: it names classes and settings that no client knows.
 */
final class ParseErrorMessage {

  private static final Pattern TOKEN =
      Pattern.compile("^(?:Unrecognized|Non-standard) token '(.*?)'", Pattern.DOTALL);

  private static final String NO_NUMBER =
      "this is no number as JSON writes it. Numbers have no leading zeros, no plus sign, and digits on both sides of the point";

  private static final String CUT_OFF = "the text ends too early. Was it cut off?";

  private ParseErrorMessage() {}

  /** Names another kind of file by its first four bytes; null when it may be UTF-8. */
  static @Nullable String ofOtherKind(byte[] head) {
    int first = at(head, 0);
    int second = at(head, 1);
    if (first == 0x1F && second == 0x8B) {
      return "it is gzip. Send the whole body packed, with Content-Encoding: gzip, or send the text unpacked";
    }
    if (first == 'P' && second == 'K' && at(head, 2) == 3) {
      return "it is a ZIP archive. Unpack it and send the files";
    }
    if (first == 0x28 && second == 0xB5 && at(head, 2) == 0x2F) {
      return "it is packed with Zstandard. Send the text unpacked, or packed with gzip and Content-Encoding: gzip";
    }
    boolean utf32 =
        head.length == 4
            && ((first == 0 && second == 0)
                || (at(head, 2) == 0 && at(head, 3) == 0 && second == 0)
                || (first == 0xFF && second == 0xFE && at(head, 2) == 0 && at(head, 3) == 0));
    if (utf32) {
      return "it is UTF-32. Save the text as UTF-8";
    }
    boolean utf16 =
        (first == 0xFE && second == 0xFF)
            || (first == 0xFF && second == 0xFE)
            || (head.length > 1 && (first == 0) != (second == 0));
    return utf16 ? "it is UTF-16. Save the text as UTF-8" : null;
  }

  private static int at(byte[] head, int index) {
    return index < head.length ? head[index] & 0xFF : -1;
  }

  /**
   * A sentence for an error.
   *
   * @param before the last character before the error that is not blank; NUL when there is none
   * @param after the text from the error on
   */
  static String sentence(JsonProcessingException error, char before, String after) {
    String message = String.valueOf(error.getOriginalMessage());
    if (error instanceof StreamConstraintsException) {
      return beyondLimits(message);
    }
    if (error instanceof JsonEOFException || after.isEmpty() || message.contains("end-of-input")) {
      return CUT_OFF;
    }
    if (after.startsWith("<<<<<<<") || after.startsWith("=======") || after.startsWith(">>>>>>>")) {
      return unexpected(after)
          + ". This looks like a merge-conflict marker: settle the conflict and save the file";
    }
    if (before == '\0' && after.startsWith("<")) {
      return "it is HTML or XML, not JSON. Was an error page saved in place of the data?";
    }
    if (message.contains("Illegal unquoted character") || message.contains("CTRL-CHAR")) {
      return "a control character stands here. Within text write \\n, \\t or \\u00XX for it";
    }
    if (message.contains("escape")) {
      return "a backslash begins no escape that JSON knows. Write \\\\ for a backslash in text";
    }
    Matcher token = TOKEN.matcher(message);
    if (token.find()) {
      if (isCutOff(token.group(1), after)) {
        return CUT_OFF;
      }
      return word(token.group(1), before);
    }
    if (message.contains("numeric value") || message.contains("eading zero")) {
      return NO_NUMBER;
    }
    if (message.contains("close marker")) {
      return unexpected(after) + ", which closes what was opened by the other kind of bracket";
    }
    return atCharacter(message, before, after);
  }

  /** Whether the text ends within a word. */
  private static boolean isCutOff(String token, String after) {
    return after.strip().equals(token)
        && Stream.of("true", "false", "null").anyMatch(word -> word.startsWith(token));
  }

  private static String beyondLimits(String message) {
    if (message.contains("nesting depth")) {
      return "lists and objects are nested more than %,d deep".formatted(JsonText.DEEPEST);
    }
    if (message.contains("Number")) {
      return "this number has more than %,d digits".formatted(JsonText.LONGEST_NUMBER);
    }
    if (message.contains("Name")) {
      return "this name is longer than %,d characters".formatted(JsonText.LONGEST_NAME);
    }
    return "this name, number or text is longer than it may be here";
  }

  private static String word(String token, char before) {
    String shown = Excerpt.of(token.length() > 30 ? token.substring(0, 30) + "…" : token);
    switch (token) {
      case "NaN", "Infinity", "-Infinity", "+Infinity", "INF", "-INF":
        return "%s is no number in JSON. Write null, or leave the field out".formatted(shown);
      case "True", "False", "None", "TRUE", "FALSE", "NULL", "Null", "nil", "undefined":
        return "JSON has no %s. It has true, false and null, in small letters".formatted(shown);
      default:
        return before == '\0'
            ? "the text begins with %s, which is not JSON. CSV and plain text are not read"
                .formatted(shown)
            : "unexpected %s. Text must stand in double quotes".formatted(shown);
    }
  }

  private static String atCharacter(String message, char before, String after) {
    int character = after.codePointAt(0);
    boolean nameExpected = message.contains("to start field name");
    if (character == '\'') {
      return "unexpected '. Names and texts must stand in double quotes, not single ones";
    }
    if (character == '.' || character == '+') {
      return NO_NUMBER;
    }
    if (character == '/' || character == '#') {
      return unexpected(after) + ". JSON has no comments";
    }
    if (before == ',' && (character == ']' || character == '}')) {
      return unexpected(after) + ". There is a comma too many before it";
    }
    if (nameExpected) {
      return unexpected(after) + ". The name of a field must stand in double quotes";
    }
    if (message.contains("expecting comma") || message.contains("expecting a colon")) {
      return unexpected(after)
          + ". Is a comma or colon missing? A double quote inside text must be written \\\"";
    }
    if (message.contains("numeric")) {
      return unexpected(after) + " in a number";
    }
    return before == '\0' && Character.isLetterOrDigit(character)
        ? unexpected(after) + ". The text is not JSON; CSV and plain text are not read"
        : unexpected(after);
  }

  private static String unexpected(String after) {
    return "unexpected '" + Excerpt.of(after.substring(0, after.offsetByCodePoints(0, 1))) + "'";
  }
}
