package io.burnish.tracking.legacy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** Writes a state file key by key, processed keys first. */
final class StateFileWriter {

  private final Writer out;
  private boolean failing;
  private String separator = "";

  StateFileWriter(Writer out) throws IOException {
    this.out = out;
    out.write("{\"%s\":[".formatted(StateFile.PROCESSED));
  }

  /**
   * Writes a key. No processed key may follow a failed one.
   *
   * @param processed false: failed
   */
  void key(String key, boolean processed) throws IOException {
    if (!processed) {
      beginFailed();
    }
    out.write(separator);
    out.write(RecordJson.write(JsonNodeFactory.instance.textNode(key)));
    separator = ",";
  }

  private void beginFailed() throws IOException {
    if (!failing) {
      failing = true;
      separator = "";
      out.write("],\"%s\":[".formatted(StateFile.FAILED));
    }
  }

  /** Writes the rest of the file. */
  void end(Map<String, Integer> times429, String timestamp) throws IOException {
    beginFailed();
    ObjectNode rest = RecordJson.object();
    ObjectNode counts = rest.putObject(StateFile.TIMES_429);
    times429.forEach(counts::put);
    rest.put("timestamp", timestamp);
    // The object's own brace is left out: its fields belong to the file.
    out.write("]," + RecordJson.write(rest).substring(1));
  }
}
