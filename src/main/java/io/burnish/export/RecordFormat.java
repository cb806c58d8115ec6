package io.burnish.export;

import com.fasterxml.jackson.databind.SequenceWriter;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.io.OutputStream;

/** How records are written. */
public enum RecordFormat {
  /** One JSON list with a 2-space indent: the format of enhanced_*.json. */
  LIST,
  /** A record a line (NDJSON). */
  LINES;

  SequenceWriter on(OutputStream out) throws IOException {
    return switch (this) {
      case LIST -> RecordJson.list(out);
      case LINES -> RecordJson.lines(out);
    };
  }
}
