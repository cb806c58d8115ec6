package io.burnish.enhancement;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts tokens as the models' own tokenizer would: o200k, which gpt-oss uses (Source: gpt-oss
 * model card, read 2026-11). What a provider really counts differs by a little, and is learned from
 * its answers (see {@code models}). Thread-safe.
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
