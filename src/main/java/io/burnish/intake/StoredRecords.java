package io.burnish.intake;

import com.fasterxml.jackson.core.JsonParser;
import io.burnish.intake.RecordList.Form;
import io.burnish.queue.StreamedText;
import io.burnish.record.JsonText;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The records of a list that was found sound, one after the other. */
final class StoredRecords implements Iterator<RawRecord> {

  private final RecordList list;
  private final JsonText text;
  private final JsonParser parser;
  private int next;

  StoredRecords(RecordList list) {
    this.list = list;
    try {
      this.text = JsonText.read(list.source()::stream, list.from());
      this.parser = text.parser();
      if (list.form() == Form.LIST) {
        parser.nextToken();
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public boolean hasNext() {
    return next < list.size();
  }

  @Override
  public RawRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the list is at its end");
    }
    try {
      parser.nextToken();
      return list.tooLarge().get(next++)
          ? new RawRecord(null, skipped())
          : new RawRecord(RecordJson.read(parser), null);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The record is walked over, and is read again from the disk when it is stored. */
  private StreamedText skipped() throws IOException {
    long from = text.byteOffset(text.tokenStart());
    parser.skipChildren();
    long after = text.byteOffset(text.position());
    return new StreamedText(Math.toIntExact(after - from), () -> list.source().stream(from));
  }

  private static UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("a body that was laid down could not be read", e);
  }
}
