package io.burnish.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.burnish.record.Utf8Reader.NotUtf8Exception;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text in UTF-8, read as a stream. Errors have the line, the column in characters, and a
 * sentence of our own. Memory does not grow with the text. A byte order mark is no part of it. Not
 * thread-safe.
 */
public final class JsonText implements AutoCloseable {

  /** Deepest nesting of values. */
  static final int DEEPEST = 1_000;

  /** Most digits of a number. */
  static final int LONGEST_NUMBER = 1_000;

  /** Longest name of a field, in characters. */
  static final int LONGEST_NAME = 10_000;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final JsonFactory READING = factory(Integer.MAX_VALUE);

  private final Source source;
  private final long start;
  private final Utf8Reader reader;
  private final JsonParser parser;

  private JsonText(Source source, JsonFactory factory, long start) throws IOException {
    this.source = source;
    this.start = start;
    this.reader = new Utf8Reader(source.from(start), start);
    this.parser = factory.createParser(reader);
  }

  /** The bytes of a text, which can be read more than once. */
  @FunctionalInterface
  public interface Source {

    /** The bytes from an offset on. */
    InputStream from(long offset);
  }

  /**
   * Opens a text to check it; its values are not kept.
   *
   * @param longestText longest text value that {@link #text()} returns, in characters; values that
   *     are not asked for may have any length
   * @throws MalformedJsonException when it is another kind of file
   */
  public static JsonText check(Source source, int longestText) throws IOException {
    byte[] head = source.from(0).readNBytes(4);
    @Nullable String other = ParseErrorMessage.ofOtherKind(head);
    if (other != null) {
      throw new MalformedJsonException(other, 1, 1, true);
    }
    return new JsonText(source, factory(longestText), isMarked(head) ? BYTE_ORDER_MARK.length : 0);
  }

  /**
   * Opens a text again that was checked before.
   *
   * @param from offset of the byte at which a value begins
   */
  public static JsonText read(Source source, long from) throws IOException {
    return new JsonText(source, READING, from);
  }

  /** Names are not interned: names from input must not stay in memory. */
  private static JsonFactory factory(int longestText) {
    return JsonFactory.builder()
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(longestText)
                .maxNameLength(LONGEST_NAME)
                .maxNumberLength(LONGEST_NUMBER)
                .maxNestingDepth(DEEPEST)
                .build())
        .build();
  }

  private static boolean isMarked(byte[] head) {
    return head.length >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            head, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }

  /** The parser of the text. */
  public JsonParser parser() {
    return parser;
  }

  /**
   * The next token, or null at the end.
   *
   * @throws MalformedJsonException when the text is malformed
   */
  public @Nullable JsonToken next() throws IOException {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /**
   * The text of the token, whatever its kind.
   *
   * @throws MalformedJsonException when it is malformed, or longer than a text may be
   */
  public String text() throws IOException {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** Where the token begins, in UTF-16 units from the beginning of the text. */
  public long tokenStart() {
    return parser.currentTokenLocation().getCharOffset();
  }

  /** Where the parser stands, in UTF-16 units from the beginning of the text. */
  public long position() {
    return parser.currentLocation().getCharOffset();
  }

  /** Offset in the source of the first byte of the text. */
  public long start() {
    return start;
  }

  /**
   * Offset in the source of the byte at which a character begins.
   *
   * @param at {@link #tokenStart()} or {@link #position()} as they are now
   */
  public long byteOffset(long at) {
    return reader.byteOffset(at);
  }

  /**
   * An error at a place of the text.
   *
   * @param at the place, in UTF-16 units from the beginning of the text
   */
  public MalformedJsonException malformed(String sentence, long at) throws IOException {
    TextPlace place = placeOf(at);
    return new MalformedJsonException(sentence, place.line(), place.column(), false);
  }

  /**
   * A parser's error, in our own words.
   *
   * @throws IOException the same, when it is not about the text
   */
  public MalformedJsonException malformed(IOException e) throws IOException {
    if (e instanceof NotUtf8Exception) {
      TextPlace place = placeOf(Long.MAX_VALUE);
      return new MalformedJsonException(
          "the text is not UTF-8. Save the text as UTF-8", place.line(), place.column(), true);
    }
    if (!(e instanceof JsonProcessingException found)) {
      throw e;
    }
    long offset = found.getLocation() == null ? -1 : found.getLocation().getCharOffset();
    TextPlace place = placeOf(offset < 0 ? reader.position() : offset);
    return new MalformedJsonException(
        ParseErrorMessage.sentence(found, place.before(), place.after()),
        place.line(),
        place.column(),
        true);
  }

  private TextPlace placeOf(long at) throws IOException {
    return TextPlace.find(new Utf8Reader(source.from(start), start), at);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
