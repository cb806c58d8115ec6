package io.burnish.record;

import com.fasterxml.jackson.databind.JsonNode;

/** Stand-in until the core branch lands. */
public record Fingerprint(String hex) {
  public static Fingerprint of(
      String realm, String profile, int profileVersion, String promptVersion, JsonNode fields) {
    return new Fingerprint("00");
  }
}
