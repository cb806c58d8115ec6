package io.burnish.quota.limit;

/** Whether the provider charged the tokens of a call without an answer. */
public enum Charge {
  /** No: the provider refused the call before admission, or the call did not reach it. */
  NONE,
  /**
   * Unlikely: the connection closed before the first byte of a response. The tokens stay reserved
   * under a confirmed limit. Under an assumed one they are given back; the next response corrects
   * it.
   */
  UNLIKELY,
  /** Likely: the call timed out, or its response was cut off. */
  LIKELY
}
