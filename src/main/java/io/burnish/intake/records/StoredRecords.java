package io.burnish.intake.records;

import com.fasterxml.jackson.core.JsonParser;
import io.burnish.intake.records.RecordList.Form;
import io.burnish.queue.item.StreamedText;
import io.burnish.record.JsonText;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Reads the records of a list that was checked, one by one. */
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
      throw new NoSuchElementException("no more records");
    }
    try {
      parser.nextToken();
      return list.tooLarge().get(next++)
          ? new RawRecord(null, skip())
          : new RawRecord(RecordJson.read(parser), null);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Skips the record, which is read from the disk when it is stored. */
  private StreamedText skip() throws IOException {
    long from = text.byteOffset(text.tokenStart());
    parser.skipChildren();
    long after = text.byteOffset(text.position());
    return new StreamedText(Math.toIntExact(after - from), () -> list.source().stream(from));
  }

  private static UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("cannot read a request body from the spool directory", e);
  }
}
