package io.burnish.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks a JSON text and cuts the records out of it: each keeps its own characters, for whatever is
 * parsed and written again comes out a little different.
 */
final class RecordReader implements AutoCloseable {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private final byte[] body;
  private final JsonParser parser;

  private RecordReader(byte[] body) throws IOException {
    this.body = body;
    this.parser = FACTORY.createParser(body);
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
  static <T> T read(byte[] body, Reading<T> reading) {
    try (RecordReader reader = new RecordReader(body)) {
      reader.parser.nextToken();
      T read = reading.from(reader);
      reader.requireEnd();
      return read;
    } catch (JsonProcessingException e) {
      throw JsonPosition.of(body, e);
    } catch (IOException e) {
      throw new MalformedBodyException("not UTF-8 text: " + e.getMessage(), 0, 0);
    }
  }

  /**
   * The records of a file: it must hold one list.
   *
   * @throws MalformedBodyException when it does not
   */
  static List<RawRecord> readFile(byte[] body) {
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

  /** The elements of the list that the reader stands at; leaves it at the list's end. */
  List<RawRecord> records() throws IOException {
    List<RawRecord> records = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      boolean object = atObject();
      records.add(new RawRecord(raw(), object));
    }
    return records;
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
    if (!parser.currentToken().isStructStart()) {
      return scalar();
    }
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    int to = (int) parser.currentLocation().getByteOffset();
    return new String(body, from, to - from, StandardCharsets.UTF_8);
  }

  private String scalar() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.finishToken();
    int to = (int) parser.currentLocation().getByteOffset();
    return new String(body, from, to - from, StandardCharsets.UTF_8);
  }

  private void requireEnd() throws IOException {
    if (parser.nextToken() != null) {
      throw new com.fasterxml.jackson.core.JsonParseException(
          parser, "more text after the end of the value", parser.currentTokenLocation());
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
