package io.burnish.job.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.AttributeConverter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A job's metadata as a JSON object of texts; null when there is none. */
public class MetadataConverter implements AttributeConverter<Map<String, String>, String> {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable Map<String, String> pairs) {
    try {
      return pairs == null || pairs.isEmpty() ? null : JSON.writeValueAsString(pairs);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("metadata could not be written", e);
    }
  }

  @Override
  public Map<String, String> convertToEntityAttribute(@Nullable String stored) {
    try {
      return stored == null
          ? Map.of()
          : JSON.readValue(stored, new TypeReference<TreeMap<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("metadata could not be read: " + stored, e);
    }
  }
}
