package io.burnish.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Walks a JSON text and finds the records in it: each keeps its own characters, for whatever is
 * parsed and written again comes out a little different. The text stays on disk; what is held of it
 * is one record.
 */
final class RecordReader implements AutoCloseable {

  /** A record has a few kilobytes; whatever is larger than this can't be one. In bytes. */
  static final int LARGEST_RECORD = 8 * 1024 * 1024;

  /** UTF-8 it must be: places are counted in its bytes. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();

  private final Spooled source;
  private final long start;
  private final JsonParser parser;
  private final Window window;

  private RecordReader(Spooled source, long start) throws IOException {
    this.source = source;
    this.start = start;
    this.parser = FACTORY.createParser(source.stream(start));
    this.window = new Window(source);
  }

  /** Reading that may find the text broken. */
  @FunctionalInterface
  interface Reading<T> {
    T from(RecordReader reader) throws IOException;
  }

  /**
   * Reads a whole text.
   *
   * @throws MalformedBodyException when it is not one JSON value in UTF-8
   */
  static <T> T read(Spooled body, Reading<T> reading) {
    long start = body.start();
    try (RecordReader reader = new RecordReader(body, start)) {
      reader.parser.nextToken();
      T read = reading.from(reader);
      reader.requireEnd();
      return read;
    } catch (JsonProcessingException e) {
      throw JsonPosition.of(body, start, e);
    } catch (IOException e) {
      throw new UncheckedIOException("a body that was laid down could not be read", e);
    }
  }

  /**
   * The records of a file: it must hold one list.
   *
   * @throws MalformedBodyException when it does not
   */
  static RecordList readFile(Spooled body) {
    return read(
        body,
        reader -> {
          if (!reader.atList()) {
            throw new MalformedBodyException(
                "a file must hold a JSON list of records, [ … ]", 1, 1);
          }
          return reader.records();
        });
  }

  boolean atList() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  boolean atObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  /**
   * Where the list lies that the reader stands at; leaves it at the list's end, having seen that
   * all of it is JSON.
   */
  RecordList records() throws IOException {
    long from = tokenStart();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      skip();
    }
    return new RecordList(source, from, RecordList.Form.LIST);
  }

  /** A field of the object that the reader stands at. */
  @FunctionalInterface
  interface Field {
    void read(String name) throws IOException;
  }

  /**
   * Hands over each field of the object that the reader stands at, with the reader at the field's
   * value.
   */
  void fields(Field field) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      field.read(name);
    }
  }

  /** The elements of the list that the reader stands at, handed over one by one. */
  void elements(Reading<?> reading) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      reading.from(this);
    }
  }

  /** The value that the reader stands at, in its own characters; leaves the reader at its end. */
  String raw() throws IOException {
    if (!parser.currentToken().isStructStart() && !atText()) {
      return parser.getText();
    }
    long from = tokenStart();
    skip();
    return window.text(from, offset(parser.currentLocation()));
  }

  /** Goes to the end of the value that the reader stands at. */
  private void skip() throws IOException {
    JsonLocation where = parser.currentTokenLocation();
    if (atText()) {
      parser.finishToken();
    } else {
      parser.skipChildren();
    }
    if (parser.currentLocation().getByteOffset() - where.getByteOffset() > LARGEST_RECORD) {
      throw new JsonParseException(
          parser, "this value is larger than any record may be (8 MB)", where);
    }
  }

  private boolean atText() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  private long tokenStart() {
    return offset(parser.currentTokenLocation());
  }

  private long offset(JsonLocation location) {
    return start + location.getByteOffset();
  }

  private void requireEnd() throws IOException {
    if (parser.nextToken() != null) {
      throw new JsonParseException(
          parser, "more text after the end of the value", parser.currentTokenLocation());
    }
  }

  /** The elements of a list that was found whole, one after the other. */
  static Iterator<RawRecord> elementsOf(RecordList list) {
    try {
      RecordReader reader = new RecordReader(list.source(), list.from());
      reader.parser.nextToken();
      return reader.new Elements();
    } catch (IOException e) {
      throw new UncheckedIOException("a body that was laid down could not be read", e);
    }
  }

  private final class Elements implements Iterator<RawRecord> {

    /** An element may itself be a list, and end with the same token as the list that is read. */
    private boolean ended;

    private boolean ahead;

    @Override
    public boolean hasNext() {
      if (!ahead && !ended) {
        ended = translated(parser::nextToken) == JsonToken.END_ARRAY;
        ahead = !ended;
      }
      return ahead;
    }

    @Override
    public RawRecord next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the list is at its end");
      }
      ahead = false;
      boolean object = atObject();
      return new RawRecord(translated(RecordReader.this::raw), object);
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    T take() throws IOException;
  }

  private <T> T translated(Step<T> step) {
    try {
      return step.take();
    } catch (JsonProcessingException e) {
      throw JsonPosition.of(source, start, e);
    } catch (IOException e) {
      throw new UncheckedIOException("a body that was laid down could not be read", e);
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
