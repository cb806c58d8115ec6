package io.burnish.intake;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text of a record a line (NDJSON, JSON Lines); blank lines are skipped. What is held of it
 * is one line.
 */
final class LineReader implements Iterator<RawRecord> {

  private static final int BUFFER = 64 * 1024;
  private static final byte NEW_LINE = '\n';

  private final Spooled source;
  private final byte[] buffer = new byte[BUFFER];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int position;
  private int length;
  private long at;
  private long lineStart;
  private @Nullable RawRecord ahead;

  LineReader(Spooled source) {
    this.source = source;
    this.at = source.start();
  }

  /**
   * The records of a text, found whole.
   *
   * @throws MalformedBodyException when a line that is not blank is not one JSON value
   */
  static RecordList readAll(Spooled body) {
    LineReader lines = new LineReader(body);
    while (lines.hasNext()) {
      lines.require(lines.next());
    }
    return new RecordList(body, body.start(), RecordList.Form.LINES);
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && nextLine()) {
      String json = line.toString(StandardCharsets.UTF_8).strip();
      if (!json.isEmpty()) {
        ahead = new RawRecord(json, json.startsWith("{"));
      }
    }
    return ahead != null;
  }

  @Override
  public RawRecord next() {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException("there is no further line");
    }
    RawRecord next = ahead;
    ahead = null;
    return next;
  }

  private boolean nextLine() {
    line.reset();
    lineStart = at;
    while (filled()) {
      int end = position;
      while (end < length && buffer[end] != NEW_LINE) {
        end++;
      }
      line.write(buffer, position, end - position);
      if (line.size() > RecordReader.LARGEST_RECORD) {
        throw JsonPosition.at(
            source, lineStart, "this line is longer than any record may be (8 MB)");
      }
      boolean whole = end < length;
      at += end - position + (whole ? 1 : 0);
      position = end + (whole ? 1 : 0);
      if (whole) {
        return true;
      }
    }
    return at > lineStart;
  }

  /** Whether there is anything more in the buffer; reads on when there is not. */
  private boolean filled() {
    if (position == length) {
      position = 0;
      length = Math.max(0, source.read(ByteBuffer.wrap(buffer), at));
    }
    return position < length;
  }

  /** Parses the bytes of the line, not those of the record: places are counted from its start. */
  private void require(RawRecord record) {
    try (JsonParser parser = RecordReader.FACTORY.createParser(line.toByteArray())) {
      parser.nextToken();
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw new JsonParseException(
            parser, "a line must hold one value", parser.currentTokenLocation());
      }
    } catch (JsonProcessingException e) {
      throw JsonPosition.of(source, lineStart, e);
    } catch (IOException e) {
      throw new UncheckedIOException("a line could not be parsed: " + record.json(), e);
    }
  }
}
