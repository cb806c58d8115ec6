package io.burnish.simulator.settings;

import io.burnish.simulator.answers.RecordDigest;
import io.burnish.simulator.faults.Oddities;
import io.burnish.simulator.model.Latency;
import io.burnish.simulator.model.ServedModels;
import io.burnish.simulator.model.TokenCounter;

/**
 * How calls are validated and answered.
 *
 * @param checks whether requests are validated first
 * @param models the models that are served
 * @param tokens how tokens are counted
 * @param caching whether prefixes of prompts are cached
 * @param reasoning reasoning tokens at low effort, once and for each record
 * @param latency of answers
 * @param oddities how requests and answers differ from Groq's
 */
public record Behaviour(
    boolean checks,
    ServedModels models,
    TokenCounter tokens,
    boolean caching,
    int reasoning,
    Latency latency,
    Oddities oddities) {

  /** Whether this record, as JSON, gets the same false price each time. */
  public boolean isStubbornAbout(String record) {
    return oddities.stubborn() > 0 && RecordDigest.share(record) < oddities.stubborn();
  }
}
