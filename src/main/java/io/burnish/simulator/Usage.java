package io.burnish.simulator;

/**
 * The tokens of one call.
 *
 * @param prompt read, cached ones included
 * @param cached of them, that were remembered from calls before
 * @param completion written, reasoning included
 * @param reasoning of them, that nobody sees
 */
public record Usage(int prompt, int cached, int completion, int reasoning) {

  static final Usage NONE = new Usage(0, 0, 0, 0);

  /** What counts against the limits: cached tokens do not (Source: Groq prompt-caching page). */
  int charged() {
    return prompt - cached + completion;
  }
}
