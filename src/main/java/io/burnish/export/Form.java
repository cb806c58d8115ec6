package io.burnish.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.record.RecordJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** How records stand in what is written. */
public enum Form {
  /** One JSON list, two blanks of indent: the format of enhanced_*.json. */
  LIST,
  /** A record a line (NDJSON). */
  LINES;

  Sheet on(OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    return switch (this) {
      case LIST -> new ListSheet(writer);
      case LINES -> new LinesSheet(writer);
    };
  }

  /** Takes records, one after the other. What was not ended is not whole. */
  interface Sheet {

    void write(JsonNode value) throws IOException;

    void end() throws IOException;
  }

  private static final class ListSheet implements Sheet {

    private final Writer writer;
    private String separator = "\n  ";

    ListSheet(Writer writer) throws IOException {
      this.writer = writer;
      writer.write('[');
    }

    @Override
    public void write(JsonNode value) throws IOException {
      writer.write(separator);
      writer.write(RecordJson.writeIndented(value).replace("\n", "\n  "));
      separator = ",\n  ";
    }

    @Override
    public void end() throws IOException {
      writer.write(separator.startsWith(",") ? "\n]\n" : "]\n");
      writer.flush();
    }
  }

  private record LinesSheet(Writer writer) implements Sheet {

    @Override
    public void write(JsonNode value) throws IOException {
      writer.write(RecordJson.write(value));
      writer.write('\n');
    }

    @Override
    public void end() throws IOException {
      writer.flush();
    }
  }
}
