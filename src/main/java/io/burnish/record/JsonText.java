package io.burnish.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.burnish.record.Utf8Reader.NotUtf8Exception;
import io.burnish.record.Utf8Reader.Start;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text in UTF-8 that is read as a stream, and what is told of it when it is broken: the
 * line, the column in characters, and a sentence of our own. Memory does not grow with the text. A
 * byte order mark is no part of it. Not thread-safe.
 */
public final class JsonText implements AutoCloseable {

  /** Values deeper than this are refused. */
  public static final int DEEPEST = 1_000;

  /** More digits than this are refused. */
  static final int LONGEST_NUMBER = 1_000;

  /** In characters. */
  static final int LONGEST_NAME = 10_000;

  /** What is looked at of the text after the place where it is broken, in characters. */
  private static final int LOOK = 40;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final JsonFactory READING = factory(Integer.MAX_VALUE);

  private final Source source;
  private final Utf8Reader reader;
  private final JsonParser parser;
  private final Mark beginning;
  private final long start;

  private JsonText(Source source, JsonFactory factory, Start from, long skip) throws IOException {
    this.source = source;
    this.reader = new Utf8Reader(source.from(from.bytes()), from);
    skip(reader, skip);
    this.beginning = new Mark(from.bytes(), from.characters(), skip);
    this.start = from.characters() + skip;
    this.parser = factory.createParser(reader);
  }

  /** The bytes of a text, which can be read more than once. */
  @FunctionalInterface
  public interface Source {

    /** The bytes from an offset on. */
    InputStream from(long offset);
  }

  /**
   * A character of a text, as it is found again.
   *
   * @param bytes offset of a byte that begins a character, not after it
   * @param characters how many characters lie before that byte
   * @param skip how many more lie between that byte and the character meant
   */
  public record Mark(long bytes, long characters, long skip) {}

  /**
   * Begins to read a text whose values are checked, not kept.
   *
   * @param longestText of a text value or a name that is asked for; others may have any length
   * @throws MalformedJsonException when it is another kind of file
   */
  public static JsonText check(Source source, int longestText) throws IOException {
    byte[] head = source.from(0).readNBytes(4);
    @Nullable String other = JsonComplaint.ofOtherKind(head);
    if (other != null) {
      throw new MalformedJsonException(other, 1, 1, true);
    }
    return new JsonText(source, factory(longestText), beginning(head), 0);
  }

  /** Reads again, from a place on, what was found sound before. */
  public static JsonText read(Source source, Mark from) throws IOException {
    return new JsonText(source, READING, new Start(from.bytes(), from.characters()), from.skip());
  }

  /** Names are not interned: a stranger's names must not stay in memory. */
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

  private static Start beginning(byte[] head) {
    boolean marked =
        head.length >= BYTE_ORDER_MARK.length
            && Arrays.equals(head, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3);
    return new Start(marked ? BYTE_ORDER_MARK.length : 0, 0);
  }

  private static void skip(Reader reader, long characters) throws IOException {
    for (long left = characters; left > 0; ) {
      long skipped = reader.skip(left);
      if (skipped <= 0) {
        return;
      }
      left -= skipped;
    }
  }

  /** Where reading began, so that it can be read again. */
  public Mark beginning() {
    return beginning;
  }

  /**
   * The bytes of a piece of a text.
   *
   * @param from offset of the first
   * @param length how many there are
   */
  public record Range(long from, long length) {}

  /** Where in the bytes a piece of so many UTF-16 units lies. */
  public static Range range(Source source, Mark mark, long units) throws IOException {
    try (Utf8Reader reader =
        new Utf8Reader(source.from(mark.bytes()), new Start(mark.bytes(), mark.characters()))) {
      long from = mark.bytes() + encoded(reader, mark.skip());
      return new Range(from, encoded(reader, units));
    }
  }

  /** Bytes of so many UTF-16 units; half of a pair counts half. */
  private static long encoded(Reader reader, long units) throws IOException {
    char[] buffer = new char[8 * 1024];
    long bytes = 0;
    for (long left = units; left > 0; ) {
      int read = reader.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        return bytes;
      }
      for (int i = 0; i < read; i++) {
        char c = buffer[i];
        bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      }
      left -= read;
    }
    return bytes;
  }

  /** Walks the tokens of the text. */
  public JsonParser parser() {
    return parser;
  }

  /**
   * The next token, or null at the end.
   *
   * @throws MalformedJsonException when the text is broken
   */
  public @Nullable JsonToken next() throws IOException {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /**
   * The text of the token, whatever it is.
   *
   * @throws MalformedJsonException when it is broken, or longer than a text may be
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
    return start + parser.currentTokenLocation().getCharOffset();
  }

  /** Where the parser stands, in UTF-16 units from the beginning of the text. */
  public long position() {
    return start + parser.currentLocation().getCharOffset();
  }

  /** Where the token that was just read begins, so that it can be read again. */
  public Mark tokenMark() {
    long at = tokenStart();
    Start before = reader.before(at);
    return new Mark(before.bytes(), before.characters(), at - before.characters());
  }

  /** A mistake at a place of the text. */
  public MalformedJsonException malformed(String sentence, long at) throws IOException {
    Place place = place(at);
    return new MalformedJsonException(sentence, place.line(), place.column(), false);
  }

  /**
   * What a parser found, in our own words.
   *
   * @throws IOException the same, when it is not about the text
   */
  public MalformedJsonException malformed(IOException e) throws IOException {
    if (e instanceof NotUtf8Exception) {
      Place place = place(Long.MAX_VALUE);
      return new MalformedJsonException(
          "the text is not UTF-8. Save the text as UTF-8", place.line(), place.column(), true);
    }
    if (!(e instanceof JsonProcessingException found)) {
      throw e;
    }
    long offset = found.getLocation() == null ? -1 : found.getLocation().getCharOffset();
    Place place = place(offset < 0 ? reader.position() : start + offset);
    return new MalformedJsonException(
        JsonComplaint.sentence(found, place.before(), place.after()),
        place.line(),
        place.column(),
        true);
  }

  /**
   * A place, as an editor shows it.
   *
   * @param before the last character before it that is no blank; NUL when there is none
   * @param after some of what stands there
   */
  private record Place(int line, int column, char before, String after) {}

  /** Reads the text again, up to the place; this happens once a text, when it is refused. */
  private Place place(long at) throws IOException {
    int line = 1;
    int column = 1;
    char before = '\0';
    StringBuilder after = new StringBuilder();
    try (Utf8Reader again = again()) {
      char[] buffer = new char[8 * 1024];
      long position = 0;
      for (int read = again.read(buffer); read >= 0; read = again.read(buffer)) {
        for (int i = 0; i < read; i++, position++) {
          char c = buffer[i];
          if (position >= at) {
            after.append(c);
            if (after.length() == LOOK) {
              return new Place(line, column, before, after.toString());
            }
          } else {
            if (c == '\n') {
              line++;
              column = 1;
            } else if (!Character.isLowSurrogate(c)) {
              column++;
            }
            before = c <= ' ' ? before : c;
          }
        }
      }
    } catch (NotUtf8Exception e) {
      // Up to there it is: either the place itself, or somewhere after it.
      return new Place(line, column, before, after.toString());
    }
    return new Place(line, column, before, after.toString());
  }

  private Utf8Reader again() throws IOException {
    Start from = beginning(source.from(0).readNBytes(BYTE_ORDER_MARK.length));
    return new Utf8Reader(source.from(from.bytes()), from);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
