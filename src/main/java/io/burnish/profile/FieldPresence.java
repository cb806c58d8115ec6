package io.burnish.profile;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether a field has a value: owners write {@code "N/A"} for unknown values. */
public final class FieldPresence {

  private static final String NOT_AVAILABLE = "N/A";

  private FieldPresence() {}

  /** False for missing, null, {@code "N/A"} in any case, and blank text. */
  public static boolean hasContent(JsonNode value) {
    return !isNotAvailable(value) && !(value.isTextual() && value.textValue().isBlank());
  }

  /** True for missing, null, and {@code "N/A"} in any case; false for blank text. */
  public static boolean isNotAvailable(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().strip().equalsIgnoreCase(NOT_AVAILABLE));
  }
}
