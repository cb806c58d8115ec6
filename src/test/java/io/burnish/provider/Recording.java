package io.burnish.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Bodies as the provider sends them (reference groq-api.md §1.2, §2.5, §3), a file each. */
final class Recording {

  private Recording() {}

  /** The body in this file. */
  static String body(String file) {
    try (InputStream in = Recording.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(in, () -> "there is no recording " + file).readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
