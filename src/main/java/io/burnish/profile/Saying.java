package io.burnish.profile;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether a field says anything: owners write {@code "N/A"} for what they do not know. */
final class Saying {

  static final String NOT_AVAILABLE = "N/A";

  private Saying() {}

  /** False for missing, null, {@code "N/A"} in any case, and text of blanks. */
  static boolean something(JsonNode value) {
    return !isNotAvailable(value) && !(value.isTextual() && value.textValue().isBlank());
  }

  /** True for missing, null, and {@code "N/A"} in any case; not for blank text. */
  static boolean isNotAvailable(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().strip().equalsIgnoreCase(NOT_AVAILABLE));
  }
}
