package io.burnish.models;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many tokens a model counts where we count one: models differ in their tokenizers and in what
 * frames a message. Learned from the usage of each answer. Errs to the high side, because a call
 * that was reserved too small is refused. Plain and thread-safe.
 */
@Singleton
class Calibration {

  /** An answer weighs so much in the average: some twenty make it. */
  private static final double WEIGHT = 0.05;

  /** Beyond this the usage says nothing about our count. */
  private static final double LEAST = 0.25;

  private static final double MOST = 4;

  private final Map<String, Double> factors = new ConcurrentHashMap<>();

  /** Tokens that the model will count for a prompt of which we count {@code promptTokens}. */
  long tokens(String model, int promptTokens) {
    return (long) Math.ceil(promptTokens * factors.getOrDefault(model, 1.0));
  }

  /** A model counted {@code used} tokens where we count {@code promptTokens}. */
  void learn(String model, int promptTokens, int used) {
    if (promptTokens <= 0 || used <= 0) {
      return;
    }
    double seen = Math.max(LEAST, Math.min(MOST, (double) used / promptTokens));
    // Up at once, down slowly.
    factors.merge(
        model, seen, (before, now) -> now >= before ? now : before + WEIGHT * (now - before));
  }
}
