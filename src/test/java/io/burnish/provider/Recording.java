package io.burnish.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Bodies in the form that the provider sends (reference groq-api.md §1.2, §2.5, §3), a file each.
 * Models, organization and figures vary. Where no body was published the words are ours, and only
 * status, type and code are facts: 403 on permission, 422, 424, 500, 498 and the spend limit; the
 * 429s on input and output tokens a minute are the others in their words.
 */
public final class Recording {

  private Recording() {}

  /** The body in this file. */
  public static String body(String file) {
    try (InputStream in = Recording.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(in, () -> "there is no recording " + file).readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
