package io.burnish.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes records without changing their values: numbers keep their exact decimal value
 * (except the sign of -0.0), and text is escaped only where it must be. Thread-safe.
 */
public final class RecordJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                  .withArrayEmptySeparator("")
                  .withObjectEmptySeparator(""))
          .withObjectIndenter(new DefaultIndenter("  ", "\n"))
          .withArrayIndenter(new DefaultIndenter("  ", "\n"));

  private static final ObjectWriter CANONICAL =
      MAPPER.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

  /** The text after a value belongs to the next record. */
  private static final ObjectReader NEXT =
      MAPPER.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final ObjectMapper STREAMS =
      MAPPER.copy().disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);

  private RecordJson() {}

  /** A new, empty object node. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * Parses one JSON value.
   *
   * @throws IllegalArgumentException if the text is not exactly one JSON value; the message names
   *     line and column
   */
  public static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not JSON: %s (line %d, column %d)"
              .formatted(
                  e.getOriginalMessage(),
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr()),
          e);
    }
  }

  /**
   * The value at a parser's token; leaves the parser at its last token.
   *
   * @throws JsonProcessingException when the text is malformed
   */
  public static JsonNode read(JsonParser parser) throws IOException {
    return NEXT.readTree(parser);
  }

  /**
   * Writes values as one JSON list with a 2-space indent. Closing the writer ends the list, and
   * does not close the stream.
   */
  public static SequenceWriter list(OutputStream out) throws IOException {
    return STREAMS
        .writer(PRINTER)
        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .writeValuesAsArray(text(out));
  }

  /** Writes values, one a line. Closing the writer does not close the stream. */
  public static SequenceWriter lines(OutputStream out) throws IOException {
    return STREAMS
        .writer()
        .withRootValueSeparator("\n")
        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .writeValues(text(out));
  }

  private static Writer text(OutputStream out) {
    return LoneSurrogates.escaping(
        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
  }

  /**
   * A stored record, to be written as a part of another value. It is copied token by token, because
   * a tree of a large record takes many times its size.
   */
  public static JsonSerializable copyOf(String json) {
    return new StoredCopy(json, null, "");
  }

  /**
   * A stored object as {@link #copyOf} writes it, with one more field at its end. A field of the
   * same name is replaced.
   *
   * @param value the field's value, as JSON
   */
  public static JsonSerializable copyWith(String json, String field, String value) {
    return new StoredCopy(json, field, value);
  }

  /** Writes a value on one line, non-ASCII characters as they are. */
  public static String write(JsonNode value) {
    return write(MAPPER.writer(), value);
  }

  /** Writes a value on one line, with the keys of each object in the order of their characters. */
  static String writeCanonical(JsonNode value) {
    return write(CANONICAL, value);
  }

  private static String write(ObjectWriter writer, JsonNode value) {
    try {
      return LoneSurrogates.escape(writer.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }
}
