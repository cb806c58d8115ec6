package io.burnish.quota;

/** Whether the provider charged the tokens of a call that brought no answer. */
public enum Charge {
  /** It did not: the call was turned away before it was admitted, or never reached the provider. */
  NONE,
  /**
   * Not known, and not likely: the connection ended before the first byte of a response. The tokens
   * stay reserved under a limit that was told or configured, and are given back under a guess,
   * which the next answer or refusal corrects.
   */
  UNLIKELY,
  /** Not known, and likely: the call timed out, or its response broke off. */
  LIKELY
}
