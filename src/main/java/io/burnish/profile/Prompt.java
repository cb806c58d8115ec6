package io.burnish.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A system prompt.
 *
 * @param text what the model is told
 * @param version the first 12 digits of the text's SHA-256
 */
public record Prompt(String text, String version) {

  /** Reads the resource beside this class. */
  public static Prompt fromResource(String name) {
    try (InputStream resource = Prompt.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("the prompt " + name + " is missing from the build");
      }
      return of(new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("the prompt " + name + " could not be read", e);
    }
  }

  public static Prompt of(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return new Prompt(text, HexFormat.of().formatHex(hash, 0, 6));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
