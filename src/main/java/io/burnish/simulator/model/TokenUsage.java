package io.burnish.simulator.model;

/**
 * The tokens of one call.
 *
 * @param prompt read, cached ones included
 * @param cached of them, that were remembered from calls before
 * @param completion written, reasoning included
 * @param reasoning of them, that nobody sees
 */
public record TokenUsage(int prompt, int cached, int completion, int reasoning) {

  public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

  /** What counts against the limits: cached tokens do not (Source: Groq prompt-caching page). */
  public int charged() {
    return prompt - cached + completion;
  }
}
