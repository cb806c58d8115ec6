package io.burnish.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A stored value as a part of another one, with one field more if there is one. It is copied token
 * by token.
 */
final class StoredCopy extends JsonSerializable.Base {

  /** For stored records, which were checked at intake. */
  private static final JsonFactory COPYING =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNestingDepth(2 * JsonText.DEEPEST)
                  .build())
          .build();

  private final String json;
  private final @Nullable String field;
  private final String value;

  StoredCopy(String json, @Nullable String field, String value) {
    this.json = json;
    this.field = field;
    this.value = value;
  }

  @Override
  public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
    if (field == null) {
      copy(json, out);
    } else {
      copyFields(out, field);
      out.writeFieldName(field);
      copy(value, out);
      out.writeEndObject();
    }
  }

  private void copyFields(JsonGenerator out, String replaced) throws IOException {
    try (JsonParser parser = COPYING.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a stored record is not a JSON object");
      }
      out.writeStartObject();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        if (parser.currentName().equals(replaced)) {
          parser.nextToken();
          parser.skipChildren();
        } else {
          out.copyCurrentStructureExact(parser);
        }
      }
    }
  }

  private static void copy(String json, JsonGenerator out) throws IOException {
    try (JsonParser parser = COPYING.createParser(json)) {
      parser.nextToken();
      out.copyCurrentStructureExact(parser);
    }
  }

  @Override
  public void serializeWithType(
      JsonGenerator out, SerializerProvider provider, TypeSerializer typed) throws IOException {
    serialize(out, provider);
  }
}
