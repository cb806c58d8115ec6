package io.burnish.enhancement;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts tokens with o200k, the tokenizer of gpt-oss (Source: gpt-oss model card, read 2026-11).
 * The count of a provider differs a little and is learned from its answers (see {@code models}).
 * Thread-safe.
 */
final class TokenCount {

  private static final Encoding O200K =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  private TokenCount() {}

  /** Tokens of a text. */
  static int of(String text) {
    return O200K.countTokensOrdinary(text);
  }
}
