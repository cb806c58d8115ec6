package io.burnish.simulator.model;

/**
 * The tokens of one call.
 *
 * @param prompt read, cached ones included
 * @param cached tokens of the prompt that were in the cache
 * @param completion written, reasoning included
 * @param reasoning tokens of the completion that are not sent
 */
public record TokenUsage(int prompt, int cached, int completion, int reasoning) {

  public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

  /**
   * Tokens that count against the limits; cached ones do not (Source: Groq prompt-caching page).
   */
  public int charged() {
    return prompt - cached + completion;
  }
}
