package io.burnish.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.record.RecordJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads columns of JSON. */
final class JsonColumns {

  private JsonColumns() {}

  /** The elements of a list; empty for a null column. */
  static <T> List<T> list(ResultSet row, String column, Function<JsonNode, T> element)
      throws SQLException {
    return StreamSupport.stream(json(row, column).spliterator(), false).map(element).toList();
  }

  /** The value; an empty object for a null column. */
  static JsonNode json(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? RecordJson.object() : RecordJson.read(text);
  }

  /** The time in a field. */
  static Instant instant(JsonNode node, String field) {
    return OffsetDateTime.parse(node.path(field).asText()).toInstant();
  }
}
