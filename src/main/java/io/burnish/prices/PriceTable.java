package io.burnish.prices;

import java.util.Map;
import java.util.Optional;

/**
 * Groq's list prices on demand, used for models that {@code BURNISH_PRICES} does not name. Where
 * Groq lists no price for cached tokens, they cost as much as others. Models whose price was only
 * inferred are not here.
 *
 * <p>Source: Groq models page and the model pages, read 2026-09 and 2026-10; for models that were
 * decommissioned, the last listed price. The cached price of gpt-oss-20b and kimi-k2 is half the
 * input price, by the prompt caching page.
 */
final class PriceTable {

  private static final String SIMULATED = "simulated/";

  private static final Map<String, Price> GROQ =
      Map.ofEntries(
          Map.entry("openai/gpt-oss-120b", Price.of("0.15", "0.075", "0.60")),
          Map.entry("openai/gpt-oss-20b", Price.of("0.075", "0.0375", "0.30")),
          Map.entry("qwen/qwen3.8-27b", Price.of("0.80", "0.40", "4.00")),
          Map.entry("qwen/qwen3.6-27b", Price.of("0.60", "0.30", "3.00")),
          Map.entry("qwen/qwen3-32b", Price.of("0.29", "0.29", "0.59")),
          Map.entry("llama-3.3-70b-versatile", Price.of("0.59", "0.59", "0.79")),
          Map.entry("llama-3.1-8b-instant", Price.of("0.05", "0.05", "0.08")),
          Map.entry("moonshotai/kimi-k2-instruct-0905", Price.of("1.00", "0.50", "3.00")),
          Map.entry(
              "meta-llama/llama-4-maverick-17b-128e-instruct", Price.of("0.20", "0.20", "0.60")),
          Map.entry("meta-llama/llama-4-scout-17b-16e-instruct", Price.of("0.11", "0.11", "0.34")));

  private PriceTable() {}

  /** The price of a model; 0 for a simulated one; empty if the table does not have it. */
  static Optional<Price> of(String model) {
    return model.startsWith(SIMULATED)
        ? Optional.of(Price.ZERO)
        : Optional.ofNullable(GROQ.get(model));
  }
}
