package io.burnish.models;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The ratio of the tokens that a model counts to our own count: models differ in their tokenizers
 * and message framing. Learned from the usage of each answer. Errs to the high side, because a call
 * with too few reserved tokens is refused. Thread-safe.
 */
@Singleton
class Calibration {

  /** Weight of one answer in the average: about twenty answers form it. */
  private static final double WEIGHT = 0.05;

  /** A ratio outside these bounds says nothing about our count. */
  private static final double LEAST = 0.25;

  private static final double MOST = 4;

  private static final double MARGIN = 1.25;

  private static final int FRAME = 512;

  private final Map<String, Double> factors = new ConcurrentHashMap<>();

  /** Tokens that the model will count for a prompt of which we count {@code promptTokens}. */
  long tokens(String model, int promptTokens) {
    return (long) Math.ceil(promptTokens * factors.getOrDefault(model, 1.0));
  }

  /**
   * The most tokens that the model may count for a prompt. Once it has answered: by the factor,
   * which is nearly the highest of the last answers, and a margin. Before: a tokenizer makes at
   * most one token of each byte, and the provider adds some for the frame of the messages and the
   * schema of the answer.
   *
   * @param promptTokens by our own count
   * @param bytes of the prompt in UTF-8
   */
  long most(String model, int promptTokens, LongSupplier bytes) {
    return factors.containsKey(model)
        ? (long) Math.ceil(tokens(model, promptTokens) * MARGIN)
        : bytes.getAsLong() + FRAME;
  }

  /**
   * Learns from a call of which the model counted {@code used} tokens, and we {@code promptTokens}.
   */
  void learn(String model, int promptTokens, int used) {
    if (promptTokens <= 0 || used <= 0) {
      return;
    }
    double ratio = Math.max(LEAST, Math.min(MOST, (double) used / promptTokens));
    // Up at once, down slowly.
    factors.merge(
        model, ratio, (before, now) -> now >= before ? now : before + WEIGHT * (now - before));
  }
}
