package io.burnish.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A system prompt.
 *
 * @param text the message to the model
 * @param version the first 12 hexadecimal digits of the text's SHA-256
 */
public record Prompt(String text, String version) {

  /**
   * Reads a resource in the package of a class.
   *
   * @throws IllegalStateException if the build does not contain it
   */
  public static Prompt fromResource(Class<?> owner, String name) {
    try (InputStream resource = owner.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("the prompt " + name + " is missing from the build");
      }
      return of(new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the prompt " + name, e);
    }
  }

  /** A prompt with that text. */
  public static Prompt of(String text) {
    return new Prompt(text, DigestUtils.sha256Hex(text).substring(0, 12));
  }
}
