package io.burnish.profile;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether a field says anything: owners write {@code "N/A"} for what they do not know. */
public final class FieldPresence {

  static final String NOT_AVAILABLE = "N/A";

  private FieldPresence() {}

  /** False for missing, null, {@code "N/A"} in any case, and text of blanks. */
  public static boolean something(JsonNode value) {
    return !isNotAvailable(value) && !(value.isTextual() && value.textValue().isBlank());
  }

  /** True for missing, null, and {@code "N/A"} in any case; not for blank text. */
  public static boolean isNotAvailable(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().strip().equalsIgnoreCase(NOT_AVAILABLE));
  }
}
